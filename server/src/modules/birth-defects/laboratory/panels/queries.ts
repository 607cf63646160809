import type { LabPanel } from '@youyu/shared/birth-defects/laboratory'
import { cited } from '../../../../citation.ts'
import type { Asking } from '../../../../database/connect.ts'
import { ask } from '../../../../database/statements.ts'

/** Panels that may be ordered today, each with its analytes and their default ranges. */
export async function selectPanels(tx: Asking): Promise<LabPanel[]> {
  const text = `select p.code, p.name_zh as "nameZh", p.name_en as "nameEn", p.loinc, p.loinc_confidence as "loincConfidence", p.source,
    (select json_agg(json_build_object('code', a.code, 'nameZh', a.name_zh, 'nameEn', a.name_en, 'unit', a.unit, 'flags', a.flags,
      'hasNumber', a.has_number, 'isRequired', a.is_required, 'loinc', a.loinc, 'loincConfidence', a.loinc_confidence,
      'ranges', (select coalesce(json_agg(json_build_object('range', r.range::text, 'flag', r.flag, 'source', r.source) order by r.ordinal), '[]')
        from lab_ranges r where r.panel_code = a.panel_code and r.analyte_code = a.code)) order by a.ordinal)
      from lab_analytes a where a.panel_code = p.code) as analytes
  from lab_panels p where p.valid_to is null order by p.ordinal`
  return (await ask<LabPanel>(tx, text, [])).map(cited)
}
