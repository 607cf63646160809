/** Whoever checks the journeys need not check the pages once more. */
declare module '*.vue'
