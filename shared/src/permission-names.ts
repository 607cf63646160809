import type { Module, Permission } from './permissions.ts'

export const moduleNames: Record<Module, readonly [string, string]> = {
  platform: ['平台管理', 'Platform'],
  population: ['全员人口', 'Population'],
  contraception: ['避孕节育', 'Contraception'],
  'birth-defects': ['出生缺陷防治', 'Birth-defect prevention'],
  subsidies: ['利益导向', 'Subsidies'],
  exchange: ['部门信息共享', 'Data exchange'],
  assessment: ['工作考核', 'Assessment'],
}

export const permissionNames: Record<Permission, readonly [string, string]> = {
  'account.read': ['查看账号', 'See accounts'],
  'account.manage': ['管理账号', 'Manage accounts'],
  'grant.give': ['授予岗位', 'Give roles'],
  'client.manage': ['管理接口客户端', 'Manage API clients'],
  'audit.read': ['查看访问日志', 'Read the access log'],
  'division.read': ['查看区划', 'See divisions'],
  'division.manage': ['维护区划', 'Maintain divisions'],
  'organisation.read': ['查看机构', 'See organisations'],
  'organisation.manage': ['维护机构', 'Maintain organisations'],
  'overview.read': ['查看人口概况', 'See the overview'],
  'person.read': ['查看人员', 'See people'],
  'person.create': ['登记人员', 'Register people'],
  'person.correct': ['更正人员信息', 'Correct people'],
  'person.merge': ['合并重复人员', 'Merge duplicates'],
  'person.reveal': ['查看完整敏感信息', 'Reveal masked values'],
  'person.viewers': ['查看谁看过档案', 'See who looked at a record'],
  'household.read': ['查看家庭户', 'See households'],
  'household.change': ['办理家庭户变更', 'Change households'],
  'import.run': ['导入数据', 'Import files'],
  'export.request': ['申请导出', 'Ask for exports'],
  'export.approve': ['审批导出', 'Approve exports'],
}
