import type { FastifyRequest } from 'fastify'
import type { Job } from '@youyu/shared/jobs'
import type { FileInspection, Import, ImportKind } from '@youyu/shared/population/imports'
import type { DivisionCode } from '@youyu/shared/values'
import type { Access } from '../../../access/access.ts'
import { record } from '../../../audit/index.ts'
import { newId } from '../../../crypto/ids.ts'
import { sha256 } from '../../../crypto/keys.ts'
import { transaction } from '../../../database/transaction.ts'
import { enqueue, newJobId, wakeWorkers } from '../../../jobs/index.ts'
import { todayOf, type Office } from '../../../office.ts'
import { Refused } from '../../../refused.ts'
import { headingOf, unknownHeader, type Heading } from './files/heading.ts'
import { assertGb18030, HEAD_BYTES, headText, receive, type ReceivedFile } from './files/reception.ts'
import type { Encoding } from './files/records.ts'
import { forgetUpload, openVault, readVault, sweepVault } from './files/vault.ts'
import { earlierLoads, findMapping, insertImport, isAwaited, saveMapping } from './queries.ts'
import { refuseAbolished } from './rules-abolished.ts'
import { columnsOf, type Columns } from './rules-mapping.ts'
import { maskedValue } from './rules-masks.ts'
import { importOf } from './service.ts'
import { assertMayLoad, Wishes, wishesIn } from './wishes.ts'

const areaOf = (access: Access): DivisionCode => (access.prefixes[0] ?? '').padEnd(12, '0')

export async function inspect(office: Office, request: FastifyRequest): Promise<FileInspection> {
  const { fields, file } = await receive(request, () => Promise.resolve())
  refuseAbolished(fields['kind'])
  const { kind, source, mapping } = wishesIn(Wishes.pick({ kind: true, source: true, mapping: true }), fields)
  const heading = headingOf(file.head, encodingOf(file), file.bytes <= HEAD_BYTES)
  refuseAbolished(kind, heading.headers)
  const columns = await readColumns(office, request.access, heading, { kind, source, mapping })
  const sample = heading.sample
    .slice(0, 5)
    .map((cells) => heading.headers.map((_, index) => shownCell(kind, columns, cells, index)))
  const { encoding, format, headers } = heading
  return {
    encoding,
    format,
    headers,
    mapping: columns.mapping,
    missing: columns.missing,
    notes: columns.notes,
    sample,
  }
}

/** A dropped column is not shown either. */
function shownCell(kind: ImportKind, columns: Columns, cells: string[], index: number): string {
  const cell = cells[index] ?? ''
  const isDropped = columns.keys[index] === null
  return isDropped && cell !== '' ? '…' : maskedValue(kind, columns.keys[index] ?? null, cell)
}

function encodingOf(file: ReceivedFile): Encoding {
  if (file.isUtf8) return 'utf-8'
  headText(file.head, 'gb18030')
  return 'gb18030'
}

async function readColumns(
  office: Office,
  access: Access,
  heading: Heading,
  { kind, source, mapping }: Pick<Wishes, 'kind' | 'source' | 'mapping'>,
): Promise<Columns> {
  const chosen =
    mapping ??
    (source === undefined ? undefined : await findMapping(office.db.statements, access, kind, source))
  return columnsOf(kind, heading.headers, chosen)
}

/** The file is stored enciphered as it comes, then looked at, then queued; what is refused leaves nothing behind. */
export async function startImport(
  office: Office,
  request: FastifyRequest,
): Promise<{ import: Import; job: Job }> {
  const id = newId()
  const vault = await openVault(office, id)
  try {
    const { fields, file } = await receive(request, (bytes) => vault.write(bytes))
    await vault.close()
    refuseAbolished(fields['kind'])
    const wishes = wishesIn(Wishes, fields)
    assertMayLoad(request, wishes.kind)
    const encoding = encodingOf(file)
    if (encoding === 'gb18030') await assertGb18030(readVault(office, id))
    const heading = headingOf(file.head, encoding, file.bytes <= HEAD_BYTES)
    refuseAbolished(wishes.kind, heading.headers)
    const columns = await readColumns(office, request.access, heading, wishes)
    assertUsable(columns)
    const started = await register(office, completed(request.access, file, wishes), id, {
      wishes,
      file,
      heading,
      columns,
    })
    if (started.import.id !== id) await forgetUpload(office, id)
    wakeWorkers(office)
    return started
  } catch (error) {
    await vault.discard()
    throw error
  }
}

/** The key of a repeated request stands for the same file and the same wishes. */
function completed(access: Access, file: ReceivedFile, wishes: Wishes): Access {
  const { idempotency } = access
  if (!idempotency) return access
  return {
    ...access,
    idempotency: {
      ...idempotency,
      requestHash: sha256(
        `${idempotency.requestHash.toString('hex')} ${file.sha256} ${JSON.stringify(wishes)}`,
      ),
    },
  }
}

function assertUsable({ missing, wrong, keys }: Columns): void {
  if (wrong.length > 0)
    throw unknownHeader(
      `列名重复或对应的字段不存在：${wrong.join('、')} / columns named twice or mapped to no field: ${wrong.join(', ')}`,
    )
  if (keys.every((key) => key === null))
    throw unknownHeader(
      '没有一列能够识别，请核对表头或设置对应关系 / no column is recognised; check the header or map the columns',
    )
  if (missing.length > 0)
    throw new Refused('unknown-header', {
      detail: `缺少列 / missing columns: ${missing.join(', ')}`,
      errors: missing.map((key) => ({ pointer: `/mapping/${key}`, code: 'required' })),
    })
}

type Prepared = { wishes: Wishes; file: ReceivedFile; heading: Heading; columns: Columns }

async function register(
  office: Office,
  access: Access,
  id: string,
  { wishes, file, heading, columns }: Prepared,
): Promise<{ import: Import; job: Job }> {
  const now = office.now()
  const { kind, dryRun, onMatch, again, source } = wishes
  const jobId = newJobId()
  const division = areaOf(access)
  return await transaction(office.db, access, async (tx) => {
    const earlier = dryRun ? [] : await earlierLoads(tx, access, { kind, sha256: file.sha256, division })
    const [last] = earlier
    if (last && !again) throw duplicate(last)
    const row = await insertImport(tx, {
      countyCode: access.county,
      id,
      jobId,
      divisionCode: division,
      kind,
      fileName: file.name,
      fileSha256: file.sha256,
      fileBytes: file.bytes,
      encoding: heading.encoding,
      format: heading.format,
      headers: heading.headers,
      mapping: columns.mapping,
      dryRun,
      onMatch,
      notes: columns.notes,
      repetition: earlier.length,
      createdBy: access.actorId,
      createdAt: now,
    })
    const job = await enqueue(
      tx,
      access,
      jobId,
      { kind: 'import', title: file.name, subjectId: id, bytesTotal: file.bytes },
      now,
    )
    if (source !== undefined) await saveMapping(tx, access, { kind, source, mapping: columns.mapping }, now)
    await record(
      tx,
      access,
      { action: 'import', entity: 'import', entityId: id, division, fields: [kind] },
      now,
    )
    return {
      import: importOf({
        import: row,
        createdBy: access.actorName,
        state: 'queued',
        rowsRead: 0,
        rowsAccepted: 0,
        rowsRejected: 0,
        finishedAt: null,
      }),
      job,
    }
  })
}

function duplicate({ id, createdAt, applied }: { id: string; createdAt: Date; applied: boolean }): Refused {
  const on = todayOf(createdAt)
  const [zh, en] = applied ? ['已导入', 'was loaded'] : ['正在导入', 'is being loaded']
  return new Refused('import-duplicate', {
    detail: `相同的文件${zh}（导入 ${id}，${on}）；确需再次导入请选择“再次导入” / the same file ${en} (import ${id}, ${on}); send again=true to load it once more`,
  })
}

/** At the start: what a crash left behind between storing and registering. */
export async function sweepUploads(office: Office): Promise<void> {
  await sweepVault(office, (id) => isAwaited(office.db.statements, id)).catch((error: unknown) =>
    office.log.warn({ name: (error as Error).name }, 'old uploads could not be swept'),
  )
}
