import type { OpenAPIV3 } from 'openapi-types'
import { contracts } from '@youyu/shared/contracts'
import type { Endpoint } from '@youyu/shared/endpoint'
import { Problem } from '@youyu/shared/errors'
import { ClientScope } from '@youyu/shared/permissions'
import { z } from 'zod'

type Components = OpenAPIV3.ComponentsObject
type Operation = OpenAPIV3.OperationObject

export const tags: OpenAPIV3.TagObject[] = Object.entries({
  accounts: 'Sign-in, staff accounts and their rights 登录、账号与授权',
  'api-clients': 'Machine clients 第三方系统',
  audit: 'Access log 访问日志',
  divisions: 'Administrative divisions and their changes 行政区划与变更',
  organisations: 'Organisations 机构',
  persons: 'People 人员',
  households: 'Households 户',
  imports: 'Loading files 导入',
  exports: 'Handing out files 导出',
  overview: 'The area at a glance 概览',
  births: 'Births 出生',
  deaths: 'Deaths 死亡',
  marriages: 'Marriages 婚姻',
  'migration-events': 'Moves of hukou and residence 迁移与流动',
  'county-transfers': 'Moves between counties 跨县移交',
  'parentage-events': 'Adoption and guardianship 收养与监护',
  events: 'A person’s events in one list 人口事件',
  pregnancies: 'Pregnancies and antenatal visits 孕产服务',
  'birth-registrations': 'Birth registration, a notification 生育登记',
  childcare: 'Childcare and mother-infant rooms 托育与母婴设施',
  'life-stages': 'Services by stage of life 生命阶段服务',
  'population-book': 'The book of people and its months 人口账簿',
  clients: 'Clients at the counter and their record of care 服务对象',
  encounters: 'Encounters: one visit as a whole 接诊',
  'contraceptive-methods': 'Contraceptive methods and what is told of them 避孕方法与说明',
  eligibility: 'Medical eligibility: editions and screenings 医学适用性',
  'informed-choices': 'Informed choice 知情选择',
  'care-consents': 'Consents and their withdrawal 知情同意',
  'method-episodes': 'Methods in use 避孕措施记录',
  procedures: 'Procedures, asked for and done 节育手术',
  complications: 'Complications and their assessment 手术并发症',
  'operator-licences': 'Licensed operators 施术人员资格',
  'couple-checks': 'Premarital and preconception checks of couples 婚前与孕前检查',
  torch: 'TORCH tests and positive cases 病毒监测',
  'folic-acid': 'Folic acid: boxes, contacts, adherence 叶酸',
  'antenatal-care': 'Antenatal care: contacts, five colours, plans, decision tables 产前保健与风险管理',
  prenatal: 'Prenatal screening, diagnosis, her decisions, parameters 产前筛查与诊断',
  'newborn-screening': 'Newborn screening: blood spot, hearing, heart 新生儿筛查',
  referrals: 'Referrals and their network 转诊与优生监测网络',
  attachments: 'Files of a benefit case 附件材料',
  claims: 'Double claims across counties 重复享受比对',
  'public-notices': 'Public notices and objections 公示与异议',
  verifications: 'Annual verification 年审',
  indicators: 'Indicators, each with its interval 统计指标',
  'follow-up': 'Follow-up: protocols, planning, worklist 随访',
  'service-offers': 'Due services: offers, answers, the month’s account 应服务名单',
  'check-ups': 'Check-ups by plan, category and cycle 健康检查',
  supplies: 'Supplies: stores, lots, dispensing, requisitions, recalls 药具',
  'care-statistics': 'Contraception statistics of whole counties 避孕节育统计',
  'birth-defect-statistics':
    'Indicators of the chain and surveillance statistics of whole counties 出生缺陷干预统计',
  'defect-surveillance': 'Defect cards, their review, missed cases and returns 出生缺陷监测',
  'eligibility-runs': 'Eligibility runs and coverage 资格测算与应享尽享',
  'benefit-proposals': 'People entitled who have not applied 应享未享名单',
  simulations: 'What if: scenarios of changed rules and rates 政策测算',
  laboratory: 'Laboratory orders, batches of results, ranges 检验申请与结果',
  fhir: 'HL7 FHIR R4 for laboratories and screening centres FHIR 接口',
  'birth-defect-chains': 'The birth-defect intervention chain: links, worklists, schedules 出生缺陷干预链',
  'child-follow-up': 'Follow-up of children with a defect 出生缺陷儿随访',
  'family-files': 'Family files, genetic counselling, survey, education 病残儿家庭档案与遗传咨询',
  outreach: 'Outreach sessions and their counters 下乡服务',
  programmes: 'Programmes: terms, rates, shares, stacking, and changes of them 补助项目',
  circumstances: 'What rules read beside the register, with its document 资格情形',
  beneficiaries: 'Beneficiaries: standing, suspension, transfer, estate 扶助对象',
  entitlements: 'Months of entitlement, events, recomputation, what a person receives and why 应享月份',
  overpayments: 'Overpayments: notice, reply, decision, return 多发处理',
  'subsidy-statistics': 'Indicators of benefits and their funds 利益导向指标',
  'subsidy-ledger': 'Ledger of benefits: budgets, funds, entries, seals 补助台账与资金',
  'payment-accounts': 'Accounts that benefits are paid to, and what was noticed of their changes 收款账户',
  'payment-batches': 'Payment batches: roster, approval, bank file, returns, closing 发放批次',
  'payment-items': 'Single payments, followed from rule to bank reference 发放明细',
  'bank-layouts': 'Layouts of bank files 银行文件格式',
  'bank-exchange': 'The bank’s own door 银行接口',
  applications: 'Applications for benefits, their reviews and decisions 申请与审核',
  jobs: 'Long work with progress 任务',
  'special-families': 'Special families: contacts, visits, doctors, offers 计划生育特殊家庭',
  'family-insurance': 'Insurance of special families 特殊家庭保险',
  'hospital-stays': 'Nursing in hospital, by days 住院护理补贴',
  'benefit-settlements': 'Settlements with institutions, and their tariffs 机构结算',
  'fee-waivers': 'Waived fees 就医“两免两减半”',
  'benefit-rosters': 'Rosters that other departments pay 部门代发名册',
  'family-projects': 'Projects that help families “三结合”项目',
  'closed-ledgers': 'Ledgers of programmes that have ended 历史台账',
}).map(([name, description]) => ({ name, description }))

/** Refusals by status: what every operation may answer, in two languages. */
const refusals: Record<number, [name: string, description: string]> = {
  400: ['BadRequest', 'The request is not valid; `errors` names the fields 请求内容有误'],
  401: ['Unauthenticated', 'No valid sign-in 未登录'],
  403: ['Forbidden', 'Not permitted, or outside the area 没有权限或超出区域'],
  404: ['NotFound', 'Not found, or not in the area 没有找到'],
  409: ['Conflict', 'Conflicts with what is recorded 与已有记录冲突'],
  412: ['PreconditionFailed', 'Changed by someone else 内容已被他人修改'],
  413: ['PayloadTooLarge', 'The upload is too large 上传内容过大'],
  415: ['UnsupportedMediaType', 'Unsupported media type 不支持的内容类型'],
  422: ['Unprocessable', 'Understood, but cannot be done 无法办理'],
  428: ['PreconditionRequired', 'If-Match is missing 缺少 If-Match'],
  429: ['RateLimited', 'Too many requests; see Retry-After 操作过于频繁'],
  503: ['Unavailable', 'Busy or not reachable; see Retry-After 暂时无法办理'],
  507: ['StorageFull', 'No disk space left, nothing was kept; see Retry-After 存储空间已满'],
}

const problem = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } }
const retryAfter = { 'Retry-After': { description: 'Seconds 秒', schema: { type: 'integer' as const } } }

export function componentsOf(): Components {
  const { $schema: _, ...schema } = z.toJSONSchema(Problem, { target: 'draft-2020-12' })
  const responses = Object.entries(refusals).map(([status, [name, description]]) => {
    const headers = ['429', '503', '507'].includes(status) ? { headers: retryAfter } : {}
    return [name, { description, ...headers, content: problem }]
  })
  return {
    schemas: { Problem: schema as OpenAPIV3.SchemaObject },
    responses: {
      ...(Object.fromEntries(responses) as Components['responses']),
      Refused: { description: 'Any other refusal 其他', content: problem },
    },
    parameters: {
      IdempotencyKey: {
        name: 'Idempotency-Key',
        in: 'header',
        required: false,
        description: 'The same key with the same body is done once and answered twice 幂等键',
        schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,100}$' },
      },
      IfMatch: {
        name: 'If-Match',
        in: 'header',
        required: true,
        description: 'The ETag that was read 读取时的 ETag',
        schema: { type: 'string', pattern: '^(W/)?"\\d+"$' },
      },
    },
    securitySchemes: {
      bearer: {
        type: 'http',
        scheme: 'bearer',
        bearerFormat: 'JWT',
        description: 'From POST /api/v1/sessions 登录后取得',
      },
      client: {
        type: 'oauth2',
        description: 'Machine clients 第三方系统',
        flows: {
          clientCredentials: {
            tokenUrl: '/oauth/token',
            scopes: Object.fromEntries(ClientScope.options.map((scope) => [scope, scope])),
          },
        },
      },
    },
  }
}

/** Content types of answers that are no JSON. */
const files: Record<string, string[]> = {
  downloadExport: [
    'text/csv',
    'application/x-ndjson',
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  ],
  watchJob: ['text/event-stream'],
}

const text = { type: 'string' as const }
const kind = { type: 'string' as const, enum: ['divisions', 'persons', 'households'] }
const file = {
  type: 'string' as const,
  contentMediaType: 'application/octet-stream',
  description: 'CSV (UTF-8, GB18030) or NDJSON',
}

/** Parts of uploads, which the handlers read themselves. */
const uploads: Record<string, { properties: Record<string, object>; required: string[] }> = {
  inspectFile: { properties: { kind, source: text, file }, required: ['kind', 'file'] },
  createImport: {
    properties: {
      kind,
      onMatch: { type: 'string', enum: ['skip', 'overwrite', 'review'] },
      dryRun: { type: 'string', enum: ['true', 'false'] },
      mapping: { ...text, description: 'JSON object: header of the file → field, or null' },
      source: text,
      again: { type: 'string', enum: ['true', 'false'] },
      file,
    },
    required: ['kind', 'file'],
  },
}

const nameOf = new Map(
  Object.entries(contracts).map(([name, { method, url }]) => [
    `${method} ${url.replace(/:(\w+)/g, '{$1}')}`,
    name,
  ]),
)

/** Adds to every operation what its contract says beside the schemas. */
export function described<Document extends { paths?: unknown; components?: unknown }>(
  document: Document,
): Document {
  for (const [path, operations] of Object.entries(
    (document.paths ?? {}) as Record<string, Record<string, Operation>>,
  )) {
    for (const [method, operation] of Object.entries(operations)) {
      const name = nameOf.get(`${method.toUpperCase()} ${path}`)
      const contract = name === undefined ? undefined : contracts[name]
      if (name !== undefined && contract) describe(operation, name, contract)
    }
  }
  const { schemas = {} } = document.components as Components
  return JSON.parse(JSON.stringify(document), (_key, value: unknown) =>
    isDangling(value, schemas) ? {} : value,
  ) as Document
}

/** "Any JSON" refers to itself; to a reader of the document it is a value without a schema. */
function isDangling(value: unknown, schemas: object): boolean {
  const reference = typeof value === 'object' && value !== null && '$ref' in value ? value.$ref : undefined
  const name =
    typeof reference === 'string' ? /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1] : undefined
  return name !== undefined && !(name in schemas)
}

function describe(operation: Operation, name: string, { schema, config, url }: Endpoint): void {
  const { permission, dataClass, idempotent, conditional, multipart, raw } = config
  operation.operationId = name
  operation.security = securityOf(permission)
  Object.assign(operation, { 'x-permission': permission, 'x-data-class': dataClass })
  const parameters = [idempotent && 'IdempotencyKey', conditional && 'IfMatch'].filter(
    (each) => typeof each === 'string',
  )
  if (parameters.length > 0) {
    operation.parameters = [
      ...(operation.parameters ?? []),
      ...parameters.map((each) => ({ $ref: `#/components/parameters/${each}` })),
    ]
  }
  if (multipart) operation.requestBody = uploadOf(name)
  const hasBody = Boolean(schema.body) || Boolean(multipart)
  const statuses = [
    400,
    ...(permission === 'public' ? [] : [401, 403]),
    ...(url.includes(':') ? [404] : []),
    ...(idempotent || conditional || hasBody ? [409] : []),
    ...(conditional ? [412, 428] : []),
    ...(hasBody ? [413, 415] : []),
    ...(idempotent || hasBody ? [422] : []),
    429,
    503,
    ...(hasBody || idempotent || conditional ? [507] : []),
  ]
  const answers = Object.entries(operation.responses).map(([status, answer]) => [
    status,
    raw && status === '200' ? fileAnswer(name) : answerOf(answer as OpenAPIV3.ResponseObject),
  ])
  const refused = statuses.map((status) => [
    status,
    { $ref: `#/components/responses/${refusals[status]![0]}` },
  ])
  operation.responses = {
    ...Object.fromEntries([...refused, ...answers]),
    default: { $ref: '#/components/responses/Refused' },
  } as Operation['responses']
}

function securityOf(permission: Endpoint['config']['permission']): Operation['security'] & object {
  if (permission === 'public') return []
  const isForClients = (ClientScope.options as readonly string[]).includes(permission)
  return isForClients ? [{ bearer: [] }, { client: [permission] }] : [{ bearer: [] }]
}

function uploadOf(name: string): OpenAPIV3.RequestBodyObject {
  const { properties, required } = uploads[name] ?? { properties: { file }, required: ['file'] }
  const schema = { type: 'object' as const, properties, required }
  return { required: true, content: { 'multipart/form-data': { schema: schema } } }
}

function fileAnswer(name: string): OpenAPIV3.ResponseObject {
  const types = files[name] ?? ['text/csv']
  return {
    description: 'The file, streamed 文件流',
    content: Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' as const } }])),
  }
}

/** Pages say in a header too where they go on. */
function answerOf(answer: OpenAPIV3.ResponseObject): OpenAPIV3.ResponseObject {
  const description = answer.description === 'Default Response' ? 'Done 成功' : answer.description
  const [media] = Object.values(answer.content ?? {})
  const isEmpty = media?.schema && 'type' in media.schema && (media.schema.type as string) === 'null'
  if (isEmpty) return { description }
  const isPage =
    media?.schema && 'properties' in media.schema && media.schema.properties?.['nextCursor'] !== undefined
  const headers = {
    Link: { description: 'The next page, `rel="next"` 下一页', schema: { type: 'string' as const } },
  }
  return { ...answer, description, ...(isPage && { headers }) }
}
