import { NewOrganisation, changeOrganisation, createOrganisation } from '@youyu/shared/organisations'
import type { Organisation } from '@youyu/shared/organisations'
import { call } from '../../api/call.ts'
import { useTouch } from '../../api/queries.ts'
import { useTexts } from '../../texts/texts.ts'
import { toast } from '../../ui/toasts.ts'
import { useZodForm } from '../../ui/useZodForm.ts'

const blank = {
  code: '',
  type: '',
  name: '',
  creditCode: '',
  divisionCode: '',
  parentId: '',
  licenceNumber: '',
  licenceValidUntil: '',
  midwiferyLicence: false,
  familyPlanningLicence: false,
  digitised: false,
  status: 'active',
}

function presentValues(organisation: Organisation) {
  return Object.fromEntries(
    Object.keys(blank).map((key) => [key, organisation[key as keyof typeof blank] ?? '']),
  ) as Record<string, unknown>
}

/** Adds an organisation, or changes the given one under its version. */
export function useOrganisationForm(organisation: () => Organisation | null, done: () => void) {
  const t = useTexts('organisations')
  const touch = useTouch()
  const present = () => {
    const known = organisation()
    return known === null ? { ...blank } : presentValues(known)
  }
  const form = useZodForm({
    schema: NewOrganisation,
    initial: present(),
    submit: (values, send) => {
      const known = organisation()
      if (known === null) return call(createOrganisation, { body: values }, send)
      const { code: _, ...rest } = values
      const emptied = { creditCode: null, parentId: null, licenceNumber: null, licenceValidUntil: null }
      return call(
        changeOrganisation,
        { params: { id: known.id }, body: { ...emptied, ...rest } },
        { ifMatch: known.version },
      )
    },
    done: () => {
      touch('organisations')
      toast(organisation() === null ? t('create.done') : t('change.done'))
      done()
    },
  })
  return { ...form, present }
}

export type OrganisationZodForm = ReturnType<typeof useOrganisationForm>
