declare module 'virtual:titles/zh-CN' {
  export const titles: Record<string, object>
}
declare module 'virtual:titles/en' {
  export const titles: Record<string, object>
}
declare module 'virtual:speakers' {
  /** Folder → the folders whose texts its pages say. */
  export const speakers: Record<string, readonly string[]>
}
