/** Tags of Discord for languages of its clients, those that the sandbox offers, with their own names. */
export const discordLocales = [
  ['en-US', 'English'],
  ['ko', '한국어'],
  ['zh-TW', '繁體中文'],
  ['zh-CN', '简体中文'],
  ['fr', 'Français'],
] as const;

/** What a client and a server are in at first. */
export const firstLocale = 'en-US';
