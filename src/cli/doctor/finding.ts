/** What one check came to. `note`: it works, but not all that might. */
export interface Finding {
  state: 'good' | 'note' | 'wrong';
  text: string;
}

export const good = (text: string): Finding => ({ state: 'good', text });
export const note = (text: string): Finding => ({ state: 'note', text });
export const wrong = (text: string): Finding => ({ state: 'wrong', text });
