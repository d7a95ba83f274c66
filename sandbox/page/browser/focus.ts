/** Gives the focus to what is there once the page has been drawn anew. On a phone that would open its keyboard over the page. */
export function focusSoon(selector: string): void {
  setTimeout(() => {
    const found = document.querySelector<HTMLElement>(selector);
    const isTyping = found?.matches('input, textarea') ?? false;
    if (!isTyping || !matchMedia('(pointer: coarse)').matches) found?.focus();
  });
}
