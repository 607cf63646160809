const files = import.meta.glob<unknown>('../{app,ui,features/*}/texts.zh-CN.json', {
  eager: true,
  import: 'default',
})

const nameOf = (path: string) =>
  (path.split('/').at(-2) ?? '').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

export const texts = Object.fromEntries(Object.entries(files).map(([path, tree]) => [nameOf(path), tree]))
