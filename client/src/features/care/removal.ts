import { filled } from './encounter.ts'

export type RemovalDraft = {
  when: 'NOW' | 'LATER'
  type: 'P02' | 'P05'
  /** One she asked for before. */
  openId: string
  occurredOn: string
  scheduledOn: string
  operatorId: string
  indication: string
  evidence: string
  removalResult: string
}

/** Her request and her consent; no choice, no category, no method is asked. */
export function removalBody(draft: RemovalDraft, clientId: string): Record<string, unknown> {
  const { when, type, openId, occurredOn, scheduledOn, operatorId, indication, evidence, removalResult } =
    draft
  if (when === 'LATER')
    return { clientId, occurredOn, procedure: filled({ do: 'REQUEST', type, indication, scheduledOn }) }
  return {
    clientId,
    occurredOn,
    consent: { kind: 'PROCEDURE', procedureType: type, evidence },
    procedure: filled({
      do: 'PERFORM',
      id: openId,
      type: openId ? '' : type,
      operatorId,
      indication,
      removalResult,
    }),
  }
}
