import type { ChangePreview, movePerson, Person } from '@youyu/shared/population/persons'
import type { z } from 'zod'
import type { Access } from '../../../../access/access.ts'
import { record } from '../../../../audit/index.ts'
import type { Transaction } from '../../../../database/connect.ts'
import { reading, transaction } from '../../../../database/transaction.ts'
import { assertVersion } from '../../../../http/conditional.ts'
import { todayOf, type Office } from '../../../../office.ts'
import { Refused } from '../../../../refused.ts'
import { refuseOutside } from '../../area.ts'
import { postPeople } from '../../book/index.ts'
import { findPlaces } from '../../overview/queries.ts'
import { shownPerson } from '../person-row.ts'
import { findPerson } from '../queries.ts'
import { applyChange, findStates, lockPersons } from '../queries-changes.ts'

import { placeInArea } from '../service.ts'
import { differing, findingsIn, shownValue, toldChanges, type Changes, type PersonState } from '../state.ts'
import { applyFitting, findEpisodes } from './queries.ts'
import {
  afterFitting,
  fitIn,
  periodOf,
  presentOf,
  takeOut,
  toldPeriod,
  type Episode,
  type Fitting,
} from './rules.ts'

type Move = z.output<(typeof movePerson)['schema']['body']>
type Voiding = { episodeId: string; reason: string }
export type Asked = { id: string; version: number } & ({ move: Move } | { voiding: Voiding })
type Planned = { fitting: Fitting; changes: Changes; reason: string }

const fittedAround = '为后补的居住记录调整 Fitted around another record'

export async function previewResidence(office: Office, access: Access, asked: Asked): Promise<ChangePreview> {
  return await reading(office.db, access, async (tx) => {
    const [states, episodes] = await Promise.all([
      findStates(tx, access, [asked.id]),
      findEpisodes(tx, access, asked.id),
    ])
    const person = expected(states, asked)
    const { fitting, changes } = await plan(tx, office, access, person, episodes, asked)
    const label = shownValue(access, 'name', person.name) as string
    const told = { entity: 'residence', id: person.id, label, field: 'episode' } as const
    return {
      changes: [
        ...fitting.voided.map((episode) => ({
          ...told,
          id: episode.id,
          before: toldPeriod(episode),
          after: null,
        })),
        ...fitting.added.map((stay) => ({ ...told, before: null, after: toldPeriod(stay) })),
        ...toldChanges(access, person, changes),
      ],
      findings: findingsIn(person),
    }
  })
}

/** Records a stay, or takes one back, at its true date; the present residence follows from the episodes. */
export async function changeResidence(office: Office, access: Access, asked: Asked): Promise<Person> {
  const at = office.now()
  return await transaction(office.db, access, async (tx) => {
    const [states, episodes] = await Promise.all([
      lockPersons(tx, access, [asked.id]),
      findEpisodes(tx, access, asked.id),
    ])
    const person = expected(states, asked)
    const { fitting, changes, reason } = await plan(tx, office, access, person, episodes, asked)
    const isMove = 'move' in asked
    const [, , , moved] = await Promise.all([
      applyFitting(tx, access, person.id, fitting, reason, at),
      applyChange(tx, access, {
        person,
        changes,
        kind: isMove ? 'moved' : 'corrected',
        occurredOn: isMove ? asked.move.from : null,
        reason: isMove ? null : reason,
        at,
      }),
      record(
        tx,
        access,
        {
          action: 'correct',
          entity: 'person',
          entityId: person.id,
          division: placeInArea(access, person),
          fields: ['residence'],
          ...(!isMove && { reason }),
        },
        at,
      ),
      findPerson(tx, access, person.id),
      postPeople(tx, access, [person.id], at),
    ])
    if (!moved) throw new Refused('out-of-area')
    return shownPerson(moved, access)
  })
}

function expected(states: Map<string, PersonState>, { id, version }: Asked): PersonState {
  const person = states.get(id)
  if (!person) throw new Refused('not-found')
  assertVersion(version, person.version)
  return person
}

async function plan(
  tx: Transaction,
  office: Office,
  access: Access,
  person: PersonState,
  episodes: Episode[],
  asked: Asked,
): Promise<Planned> {
  const isMove = 'move' in asked
  const fitting = isMove
    ? await fittingOf(tx, office, person, episodes, asked.move)
    : takenOut(episodes, asked.voiding.episodeId)
  const present = presentOf(afterFitting(episodes, fitting))
  const here = present && {
    residenceDivision: present.divisionCode,
    residenceStatus: present.status,
    residenceSince: present.from,
  }
  const isPresent = isMove && present !== undefined && present.from === asked.move.from
  const changes = differing(person, {
    ...here,
    ...(isPresent && asked.move.address && { address: asked.move.address }),
  })
  refuseOutside(
    access.prefixes,
    person.hukouDivision,
    changes.residenceDivision ?? person.residenceDivision,
    '/divisionCode',
  )
  return { fitting, changes, reason: isMove ? fittedAround : asked.voiding.reason }
}

async function fittingOf(
  tx: Transaction,
  office: Office,
  person: PersonState,
  episodes: Episode[],
  move: Move,
): Promise<Fitting> {
  const today = todayOf(office.now())
  if (move.from > today || move.from < person.birthDate) throw Refused.field('/from', 'invalid-date')
  if (move.to && (move.to > today || move.to <= move.from)) throw Refused.field('/to', 'invalid-date')
  if (!(await findPlaces(tx, [move.divisionCode])).has(move.divisionCode))
    throw Refused.field('/divisionCode', 'unknown-division')
  const { divisionCode, status, evidence = null, expectedReturn = null } = move
  return fitIn(episodes, {
    ...periodOf(episodes, move.from, move.to ?? null),
    divisionCode,
    status,
    evidence,
    expectedReturn,
  })
}

function takenOut(episodes: Episode[], id: string): Fitting {
  if (!episodes.some((episode) => episode.id === id)) throw new Refused('not-found')
  const fitting = takeOut(episodes, id)
  if (!fitting)
    throw new Refused('conflict', {
      detail: '这是唯一的居住记录，请登记正确的居住地 The only residence known: record the right one instead',
    })
  return fitting
}
