import app from '../app/texts.en.json'
import accounts from '../features/accounts/texts.en.json'
import ui from '../ui/texts.en.json'

/** What the pages before the session say. */
export const texts = { app, accounts, ui }
