import { Refused } from '../../../refused.ts'

/** Lists that no longer exist, by what somebody might call their kind. */
const abolishedKinds =
  /^(三查|双查|查环|查孕|妇检|孕检|应措|应落实|销[帐账号]|未参检|three.?checks?|obliged|due.?measures?|should.?take|measures?.?due|iud.?checks?|pregnancy.?checks?|quarterly.?certificates?|certificates?|non.?attenders?)/i

/** Columns that only such a list has: who “should”, who has not come, which certificate was sent. */
const abolishedHeaders =
  /应措|应落实(措施|节育)|应(上环|放环|结扎|查环|查孕|妇检|孕检|检)(人|对象|日期|未|$)|三查|查环查孕|环孕情?(检查|查)|应检未检|未参检|未到检|欠检|妇检证|孕检证明(寄|回|返|上交|日期)|季度(妇检|孕检)|销[帐账](日期|原因|人)|措施落实(销|任务|率)|three.?checks?|measures?.?due|non.?attend/i

const plain = (text: string) => text.normalize('NFKC').replaceAll(/[\s_\-–—.·:：/]/g, '')

/** E11: the list of women who “should take measures”, the three checks and the quarterly certificates have no successor. */
export function refuseAbolished(kind: string | undefined, headers: readonly string[] = []): void {
  const named = kind !== undefined && abolishedKinds.test(plain(kind)) ? kind : undefined
  const column = headers.find(
    (header) => abolishedHeaders.test(header) || abolishedHeaders.test(plain(header)),
  )
  if (named === undefined && column === undefined) return
  throw new Refused('abolished-instrument', {
    errors: [{ pointer: named === undefined ? '/file' : '/kind', code: 'abolished-instrument' }],
  })
}
