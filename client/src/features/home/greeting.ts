import { currentUser } from '../../api/session.ts'
import { useTexts } from '../../texts/texts.ts'

/** 上午好，李娜: by the hour in the county. */
export function useGreeting(): () => string {
  const t = useTexts('home')
  const format = new Intl.DateTimeFormat('en', {
    hour: 'numeric',
    hour12: false,
    timeZone: 'Asia/Shanghai',
  })
  const hour = Number(format.format(new Date()))
  return () =>
    t(`greeting.${hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'}`, {
      name: currentUser.value?.displayName ?? '',
    })
}
