import { listLabPanels } from '@youyu/shared/birth-defects/laboratory'
import { useRead } from '../../api/queries.ts'
import { inLanguage } from '../../texts/texts.ts'

/** Panels and analytes by their names in the language in use. */
export function usePanelNames() {
  const { data } = useRead(listLabPanels, () => ({}))
  const panelOf = (code: string) => data.value?.items.find((panel) => panel.code === code)

  function panelName(code: string): string {
    const panel = panelOf(code)
    return panel ? inLanguage([panel.nameZh, panel.nameEn]) : code
  }

  function analyteName(panelCode: string, code: string): string {
    const analyte = panelOf(panelCode)?.analytes.find((each) => each.code === code)
    return analyte ? inLanguage([analyte.nameZh, analyte.nameEn]) : code
  }

  return { panels: data, panelName, analyteName }
}
