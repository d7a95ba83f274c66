/**
 * Sites that members link to every day and on which nobody but their operator publishes files or programs, chosen by hand. A
 * site counts with its subdomains. Not here, on purpose: whatever serves files of its users (GitHub, Google Drive, Dropbox,
 * MediaFire), pages of its users (Google Sites, Notion), and short addresses that lead anywhere (bit.ly, t.co).
 */
const sites = [
  'discord.com',
  'discord.gg',
  'youtube.com',
  'youtu.be',
  'twitch.tv',
  'wikipedia.org',
  'tenor.com',
  'giphy.com',
  'spotify.com',
  'x.com',
  'twitter.com',
  'bsky.app',
  'instagram.com',
  'tiktok.com',
  'reddit.com',
  'imgur.com',
  'stackoverflow.com',
  'store.steampowered.com',
  'developer.mozilla.org',
];

/** Pages of these sites that lead to any address: https://www.youtube.com/redirect?q=... and their like at the others. */
const redirect = /^\/(redirect|link|out|away|linkshim|safety)\b/i;
/** Sites of which only the front page is certainly harmless. */
const fronts = ['github.com', 'google.com', 'steamcommunity.com'];

/** Whether an address in normal form is so common and harmless that it needs no scan. */
export function isEveryday(address: string): boolean {
  const { hostname, pathname, search, port } = new URL(address);
  if (port !== '') return false;
  const isOf = (site: string) => hostname === site || hostname.endsWith(`.${site}`);
  if (fronts.some((site) => hostname.replace(/^www\./, '') === site)) return pathname === '/' && search === '';
  return sites.some(isOf) && !redirect.test(pathname);
}
