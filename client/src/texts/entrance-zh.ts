import app from '../app/texts.zh-CN.json'
import accounts from '../features/accounts/texts.zh-CN.json'
import ui from '../ui/texts.zh-CN.json'

/** What the pages before the session say. */
export const texts = { app, accounts, ui }
