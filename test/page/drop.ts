import type { Page } from 'playwright-core';

/** Drops a file onto the chat, as from the desktop. */
export async function dropFile(page: Page, name: string, content: Uint8Array): Promise<void> {
  const bytes = JSON.stringify([...content]);
  const dataTransfer = await page.evaluateHandle(`(() => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(${bytes})], ${JSON.stringify(name)}));
    return transfer;
  })()`);
  await page.dispatchEvent('main', 'dragover', { dataTransfer });
  await page.dispatchEvent('main', 'drop', { dataTransfer });
}
