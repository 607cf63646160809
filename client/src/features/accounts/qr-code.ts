export type QrCode = { viewBox: string; paths: { d: string; stroke: boolean }[] }

/** Takes the drawing out of the server's SVG; nothing of its markup enters the page. */
export function readQrCode(svg: string): QrCode | null {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('svg')
  const viewBox = root?.getAttribute('viewBox')
  if (!root || !viewBox) return null
  const paths = [...root.querySelectorAll('path')]
    .filter((path) => !/^#?(fff|ffffff|white)$/i.test(path.getAttribute('fill') ?? ''))
    .map((path) => ({ d: path.getAttribute('d') ?? '', stroke: path.hasAttribute('stroke') }))
  return { viewBox, paths }
}
