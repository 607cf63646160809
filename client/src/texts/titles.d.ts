declare module 'virtual:titles' {
  export const titles: Record<string, object>
}
