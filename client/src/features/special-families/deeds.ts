/** What the office does for a family. */
export type Deed = 'contact' | 'consent' | 'open' | 'service' | 'offer' | 'member' | 'close'
