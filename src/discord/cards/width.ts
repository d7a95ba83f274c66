const graphemes = new Intl.Segmenter('en');

/** What a fixed-width font shows two columns wide: East Asian scripts, full-width forms, emoji. */
const wide =
  /^(?:\p{Emoji_Presentation}|\p{Script=Han}|\p{Script=Hangul}|\p{Script=Hiragana}|\p{Script=Katakana}|[\u3000-\u303f\uff01-\uff60\uffe0-\uffe6])/u;

/** How many columns a text takes in a fixed-width font, as far as can be told. */
export function width(text: string): number {
  return Array.from(graphemes.segment(text)).reduce((sum, { segment }) => sum + (wide.test(segment) ? 2 : 1), 0);
}
