import { execFile } from 'node:child_process'
import { chmod, mkdir, statfs } from 'node:fs/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** A disk that is as full as it is wanted. */
type SmallDisk = {
  directory: string
  /** Leaves so many bytes free beyond what is used now. */
  leave(bytes: number): Promise<void>
  unmount(): Promise<void>
}

export const AMPLE = 1024 ** 3

/** In memory; null where this machine does not let us mount one. */
export async function mountSmallDisk(directory: string): Promise<SmallDisk | null> {
  await mkdir(directory, { recursive: true })
  const options = `size=${AMPLE},mode=0755`
  const isMounted = await run('mount', ['-t', 'tmpfs', '-o', options, 'youyu-faults', directory]).then(
    () => true,
    () => false,
  )
  if (!isMounted) return null
  await chmod(directory, 0o755)
  return {
    directory,
    async leave(bytes) {
      for (let attempt = 0; ; attempt += 1) {
        const { blocks, bfree, bsize } = await statfs(directory)
        const size = (blocks - bfree) * bsize + bytes
        try {
          await run('mount', ['-o', `remount,size=${size}`, directory])
          return
        } catch (error) {
          // More was written since it was looked at.
          if (attempt === 20) throw error
        }
      }
    },
    async unmount() {
      await run('umount', ['-l', directory])
    },
  }
}
