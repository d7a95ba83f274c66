import { type Format, formatOf } from '../format.ts';

const usual = formatOf('zh-TW');

/** `Intl` leaves the byte in English. */
const size = (bytes: number) => (bytes < 1000 ? `${bytes} 位元組` : usual.size(bytes));

export const format: Format = { ...usual, size };
