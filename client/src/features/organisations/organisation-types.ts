import type { OrganisationType } from '@youyu/shared/organisations'

/** The names of domain §2.1. */
export const organisationTypes: Record<OrganisationType, readonly [string, string]> = {
  'ORG-P': ['省卫生健康委', 'Provincial health commission'],
  'ORG-C': ['市卫生健康委', 'Municipal health commission'],
  'ORG-B': ['县卫生健康局', 'County health bureau'],
  'ORG-S': ['县级服务中心（妇幼保健院）', 'County service centre'],
  'ORG-H': ['医院、助产机构', 'Hospital, midwifery institution'],
  'ORG-T': ['乡镇政府、街道办事处', 'Township government'],
  'ORG-TS': ['乡镇服务站（卫生院）', 'Township service station'],
  'ORG-V': ['村（居）委会', 'Village committee'],
  'ORG-VR': ['村服务室（卫生室）', 'Village service room'],
  'ORG-A': ['计划生育协会', 'Family planning association'],
  'ORG-D': ['其他部门', 'Other department'],
  'ORG-W': ['单位、企业', 'Work unit, enterprise'],
  'ORG-K': ['代发银行', 'Bank'],
  'ORG-I': ['保险公司', 'Insurer'],
  'ORG-N': ['筛查、诊断中心', 'Screening or diagnosis centre'],
  'ORG-Y': ['托育机构', 'Childcare institution'],
  'ORG-X': ['第三方系统', 'External system'],
}
