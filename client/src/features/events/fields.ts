import BirthFields from './BirthFields.vue'
import DeathFields from './DeathFields.vue'
import MarriageFields from './MarriageFields.vue'
import MoveFields from './MoveFields.vue'
import ParentageFields from './ParentageFields.vue'

/** The fields of each event, for entering it and for correcting it. */
export const fieldsOf = {
  births: BirthFields,
  deaths: DeathFields,
  marriages: MarriageFields,
  moves: MoveFields,
  parentage: ParentageFields,
} as const
