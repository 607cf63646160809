import type { ErrorCode } from '@youyu/shared/errors'
import pg from 'pg'

export type ServerError = { code: string; constraint: string | undefined; message: string }

/** The error of PostgreSQL inside whatever drizzle wrapped around it, or null. */
export function serverErrorIn(error: unknown): ServerError | null {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (current instanceof pg.DatabaseError && current.code) {
      return { code: current.code, constraint: constraintIn(current), message: current.message }
    }
  }
  return null
}

/** On Citus `constraint` is empty and the name in the message carries a shard number. */
function constraintIn(error: pg.DatabaseError): string | undefined {
  return error.constraint ?? /constraint "([a-z_]+?)(?:_\d{6,})?"/.exec(error.message)?.[1]
}

export function isTransient(error: unknown): boolean {
  const code = serverErrorIn(error)?.code
  return code === '40001' || code === '40P01'
}

/** Whether the database could not be reached or did not answer in time. */
export function isUnreachable(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    const code = (current as NodeJS.ErrnoException).code ?? ''
    if (/^(08|57P0|53300|ECONN|ENOENT|EPIPE|ETIMEDOUT)/.test(code)) return true
    if (
      /timeout exceeded when trying to connect|Connection terminated|Client has encountered|Query read timeout|Client was closed/.test(
        current.message,
      )
    )
      return true
  }
  return false
}

/** Whether a disk is full: the database's (SQLSTATE 53100), or ours. */
export function isOutOfRoom(error: unknown): boolean {
  for (let current: unknown = error; current instanceof Error; current = current.cause) {
    if (['53100', 'ENOSPC', 'EDQUOT'].includes((current as NodeJS.ErrnoException).code ?? '')) return true
  }
  return false
}

/** What a violated constraint means to the person who asked. */
const meanings: Record<string, ErrorCode> = {
  special_families_grief: 'grief-rule',
  family_visits_grief: 'grief-rule',
  special_families_once: 'already-exists',
  special_families_number: 'already-exists',
  family_members_one_family: 'already-exists',
  support_contacts_two_people: 'maker-is-checker',
  support_contacts_one_each: 'conflict',
  family_visits_one_first: 'already-exists',
  family_services_one_each: 'already-exists',
  family_offers_open: 'already-exists',
  family_offers_once: 'already-exists',
  hospital_stays_receipt: 'already-exists',
  hospital_stays_no_overlap: 'already-exists',
  hospital_stays_maker_not_checker: 'maker-is-checker',
  benefit_settlements_once: 'already-exists',
  benefit_settlements_of_subject: 'already-exists',
  benefit_settlements_maker_not_checker: 'maker-is-checker',
  benefit_rosters_once: 'already-exists',
  insurance_policies_number: 'already-exists',
  fee_waivers_receipt: 'already-exists',
  family_projects_number: 'already-exists',
  closed_ledgers_once: 'already-exists',
  closed_ledger_rows_once: 'already-exists',
  closed_ledgers_maker_not_checker: 'maker-is-checker',
  closed_ledgers_reconciled: 'does-not-reconcile',
  service_tariffs_pk: 'already-exists',
  ledger_entries_once: 'already-posted',
  ledger_entries_reversed_once: 'already-posted',
  ledger_balances_funds: 'funds-short',
  ledger_balances_payable: 'over-payable',
  ledger_balances_receivable: 'over-receivable',
  ledger_balanced: 'ledger-unbalanced',
  ledger_lawful_movement: 'ledger-unbalanced',
  budgets_amount: 'budget-below-committed',
  fund_arrivals_voucher: 'voucher-already-entered',
  persons_id_number: 'id-number-taken',
  applications_once_open: 'already-applied',
  applications_once_a_year: 'already-receives',
  applications_maker_not_checker: 'maker-is-checker',
  applications_tiers_differ: 'maker-is-checker',
  applications_reconsidered_by_another: 'maker-is-checker',
  application_appeals_one_open: 'already-exists',
  households_number: 'household-number-taken',
  residence_episodes_no_overlap: 'residence-overlap',
  household_members_one_at_a_time: 'conflict',
  persons_born_within_reason: 'invalid-date',
  person_merges_once: 'not-mergeable',
  person_merges_two_records: 'same-person',
  users_username: 'username-taken',
  grants_once: 'already-exists',
  grants_not_to_oneself: 'own-account',
  api_clients_name: 'already-exists',
  organisations_code: 'code-taken',
  organisations_credit_code: 'already-exists',
  organisations_parent: 'not-found',
  users_organisation: 'not-found',
  organisations_not_own_parent: 'conflict',
  divisions_one_open_row: 'code-taken',
  births_once: 'already-exists',
  book_signatures_once: 'already-exists',
  event_entitlements_once: 'already-exists',
  beneficiaries_one_standing: 'already-exists',
  beneficiary_transfers_one_open: 'already-exists',
  torch_cases_one_open: 'already-exists',
  folic_acid_courses_one_open: 'already-exists',
  couple_checks_two_people: 'conflict',
  folic_acid_issues_high_dose_prescribed: 'prescription-required',
  births_of_mother: 'already-exists',
  births_certificate: 'already-exists',
  deaths_once: 'already-exists',
  lab_orders_barcode: 'already-exists',
  lab_cut_offs_pk: 'already-exists',
  child_follow_ups_standing: 'already-exists',
  family_files_standing: 'already-exists',
  family_files_in_order: 'invalid-date',
  education_attendances_once: 'already-exists',
  api_clients_organisation: 'not-found',
  imports_same_file: 'import-duplicate',
  antenatal_visits_gestation: 'invalid-date',
  childcare_institutions_places: 'invalid-value',
  childcare_enrolments_in_order: 'invalid-date',
  mec_editions_pk: 'code-taken',
  mec_editions_based_on: 'not-found',
  mec_categories_condition: 'not-found',
  mec_screens_birth_before: 'invalid-date',
  mec_screens_abortion_before: 'invalid-date',
  informed_choices_two_and_none: 'methods-explained',
  informed_choices_accepted_freely: 'not-free',
  informed_choices_chosen_of_explained: 'not-explained',
  informed_choices_chosen_if_accepted: 'invalid-value',
  informed_choices_decided: 'invalid-date',
  informed_choices_screen: 'not-found',
  method_sheets_rates: 'invalid-value',
  check_programmes_once: 'already-exists',
  check_stations_once: 'already-exists',
  check_stations_organisation: 'not-found',
  check_stations_in_order: 'invalid-date',
  check_calendars_one_published: 'already-exists',
  check_sessions_team_once: 'team-taken',
  check_sessions_village_once: 'village-taken',
  check_invitations_once_a_cycle: 'asked-this-cycle',
  check_visits_infection_consent: 'consent-required',
  outreach_sessions_facility: 'not-found',
  supply_stocks_never_negative: 'out-of-stock',
  supply_lots_number: 'already-exists',
  supply_stores_in_order: 'invalid-date',
  supply_shipment_lines_arrived: 'invalid-value',
  requisitions_maker_not_checker: 'maker-is-checker',
  stock_takes_one_at_a_time: 'already-exists',
  stock_takes_two_signatures: 'maker-is-checker',
  circumstances_once: 'already-exists',
  circumstances_grade: 'invalid-value',
  circumstances_in_order: 'invalid-date',
  programme_versions_number: 'conflict',
  programme_versions_four_eyes: 'own-draft',
  programme_changes_four_eyes: 'own-draft',
  programme_rates_once: 'rates-overlap',
  payment_accounts_of_payee: 'already-exists',
  payment_account_versions_one_open: 'account-proposal-open',
  payment_account_versions_maker_not_checker: 'maker-is-checker',
  payment_account_alerts_resolved: 'maker-is-checker',
  payment_batches_one_draft: 'already-exists',
  payment_batches_maker_not_checker: 'maker-is-checker',
  payment_item_months_pk: 'conflict',
  payment_items_event_once: 'conflict',
  payment_items_reissued_once: 'conflict',
  bank_submissions_once: 'already-exists',
  bank_returns_once: 'already-exists',
  bank_layouts_maker_not_checker: 'maker-is-checker',
  lot_recalls_once: 'already-exists',
  offer_reminders_at_most_two: 'reminder-limit',
  offer_reminders_numbered: 'reminder-limit',
  offer_reminders_not_at_night: 'quiet-hours',
  service_offers_reminders: 'reminder-limit',
  contact_preferences_once: 'already-exists',
  due_service_closings_month_over: 'month-not-over',
  due_service_months_carried: 'conflict',
  objections_two_people: 'maker-is-checker',
  claim_lists_once: 'import-duplicate',
  public_notices_number: 'conflict',
  notice_entries_once_open: 'conflict',
  annual_verifications_once: 'already-exists',
  person_exports_maker_not_checker: 'maker-is-checker',
  method_episodes_no_overlap: 'method-overlap',
  method_episodes_dual_no_overlap: 'method-overlap',
  method_episodes_choice: 'choice-required',
  method_episodes_choice_first: 'choice-required',
  procedures_choice: 'choice-required',
  procedures_choice_first: 'choice-required',
  procedures_consent: 'procedure-consent-missing',
  procedures_consent_first: 'procedure-consent-missing',
  procedures_operator: 'operator-not-licensed',
  procedures_operator_known: 'operator-not-licensed',
  procedures_removal_in_a_week: 'removal-within-a-week',
  complications_certificate: 'already-exists',
  complications_assessed_after: 'invalid-date',
  care_consents_withdrawn_after: 'invalid-date',
  defect_cards_once: 'card-duplicate',
  defect_cards_maker_not_reviewer: 'maker-is-checker',
  defect_cards_two_reviewers: 'maker-is-checker',
  defect_cards_mother: 'not-found',
  defect_cards_child: 'not-found',
  defect_cards_chain: 'not-found',
  missed_case_audits_once: 'already-exists',
  case_log_entries_once: 'already-exists',
  defect_returns_of_facility: 'already-exists',
  defect_returns_of_county: 'already-exists',
  medical_terminations_once: 'already-exists',
  medical_terminations_two_physicians: 'two-physicians',
  prenatal_screens_of_order: 'already-exists',
  prenatal_screens_agreed_first: 'not-agreed',
  prenatal_diagnoses_agreed_first: 'not-agreed',
  screen_positives_once: 'already-exists',
  blood_spots_in_order: 'already-exists',
  blood_spots_reminders: 'reminded-twice',
  screening_parameters_once: 'already-exists',
  operator_licences_certificate: 'already-exists',
  operator_licences_in_order: 'invalid-date',
  operator_licences_organisation: 'not-found',
  operator_licences_user: 'not-found',
  encounters_expert: 'not-found',
}

export function meaningOf(constraint: string | undefined): ErrorCode {
  return (constraint && meanings[constraint]) || 'conflict'
}
