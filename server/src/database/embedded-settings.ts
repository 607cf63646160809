import { totalmem } from 'node:os'

/** An eighth of the memory: a county of half a million with its ten years takes 1.7 GB, and whoever is looked up is there. */
function sharedMegabytes(): number {
  return Math.round(Math.min(2048, Math.max(256, totalmem() / 8 / 2 ** 20)))
}

/** Server settings for a machine of two cores shared with the application. */
export function settingsOf(
  sockets: string,
  options: { port?: number; durable?: boolean; disposable?: boolean },
  hasPrewarm: boolean,
): string[] {
  const isDurable = options.durable !== false && !options.disposable
  return [
    `listen_addresses=${options.port === undefined ? '' : '127.0.0.1'}`,
    `port=${String(options.port ?? 5432)}`,
    `unix_socket_directories=${sockets}`,
    'unix_socket_permissions=0700',
    'max_connections=60',
    `shared_buffers=${isDurable ? sharedMegabytes() : 128}MB`,
    'effective_cache_size=1GB',
    'work_mem=16MB',
    'maintenance_work_mem=128MB',
    'random_page_cost=1.1',
    'jit=off',
    'wal_compression=off',
    'max_wal_size=2GB',
    'checkpoint_timeout=15min',
    'timezone=Asia/Shanghai',
    'log_timezone=Asia/Shanghai',
    // Statements and details of violated constraints would carry personal values into the log.
    'log_min_error_statement=panic',
    'log_error_verbosity=terse',
    'log_checkpoints=off',
    'log_line_prefix=%m [%p] ',
    // What was in memory before a restart is there again after it; where the library is missing nothing would start.
    ...(isDurable && hasPrewarm ? ['shared_preload_libraries=pg_prewarm'] : []),
    ...(isDurable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ]
}
