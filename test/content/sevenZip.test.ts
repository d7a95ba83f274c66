import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readContent } from '../../src/content/content.ts';

// Thirty small text files as 7-Zip packs them, with a packed list of files: plain, and with a password.
const plain =
  'N3q8ryccAAQscWvtiAEAAAAAAAAiAAAAAAAAAJEg9R3gAdYASl0AMxpJ1reQK7FZ49bI+y6gTKSFxODvHTyMY88vwqNAByfzFooDDj6u+zXNQp1oQ3Ic13sUdRp/WMZeX6DdqnJfIC+tx6ai76hXzuAAAACBMweuD9LbPn1AwJDS/31pTY89SFlmsgMF6Bp3vlsRAT7xXqFWzhpEous0iX+E0+wdeJkVLl3CcwS/ZLafNB/0kTqmim22N7qPsH6n8CEYAfu5R5aNtdJLy+0nKlU7wS7GdFVpINPZxgSTpiSWOkJFk3/nMyP+JXfm3hSdhJcFZaIyqHpHQJ3f82bQZJ7ADaUCU6R1W7t6XqikoxJnqL+hyrHGDRAtEXt1fFeUmUgVfA0NGX6nOYUIjXV2KmoCL1zsiLFTyqGezWkUOjXExb0aqQovmNQR8AlNJ99FO/5p7TaO9O3+zOWPQm5HRnWo3vETPO0EBU5vh95hy4E8H2Bg2eLyD+n3vFxfzRgVEJw/6gTH16EYfYGWcMgg0Igar0WDUZu8WsKJc2HTP+nl+3D4DIAAABcGUgEJgTYABwsBAAEjAwEBBV0AEAAADIh+CgFMmRXaAAA=';
const locked =
  'N3q8ryccAASEwS6IsgEAAAAAAAAiAAAAAAAAAHVFOpBqYd5WOxLsSwJz1KqsZiUCGfidllfOWbrf6+yO2kKD7p6F5Cp7uO3eQwpI1OnUu/a30kKjqdUoKuht9vSiNK4+EgK1yWOICdjn+e+nI9Fti3bktG4V56+jaSCRei4KNLEAAIEzB64P04/j/UC7lGQ7OaR652og+6YYIozwVfN0i0uOdXBfzLMjI0RlmmvB4RLcsrJSXdKd+CeXWYdhgAPV6C0Vciejt3/WLAhjGpM8KHQogn0j2ugSjS/mwcaFdtwyUh7pt4G9VUm2kJ/BCUoek1MGzXqwqBRPX8DAa7JcPzSQZKokUZfFXZE5xgdbLmnvi8l+yZN6ceUPjxUHm84yc7Glzv/bP8XdC9AszElriVwDXApVkNNOyUwRsH2IJm55qhdgzxjGUkrC6gzQNuTByiHN6VXbjqevvM/2HEHrfE+j+MZ5QadCduCGUCs5KtDo9iayJh3QQWyg0YJqFdHZB0tBZJ1BWOGa9eD89J1d71fwfqtPyhHFepc1NupsofJ/pOHZHNLN+IzkGGB4SrIV/NckEIuo3jRRlo4vj4VyjTM5rjqmc1S+uBV1BibCQAAAABcGYAEJgVIABwsBAAEjAwEBBV0AEAAADIieCgEsC0xbAAA=';

async function contentOf(archive: string) {
  const bytes = Buffer.from(archive, 'base64');
  return readContent(async (at, length) => bytes.subarray(at, at + length), bytes.length);
}

test('a 7z with a packed list of files is opened far enough to tell whether it is locked', async () => {
  assert.deepEqual(await contentOf(plain), { mime: 'application/x-7z-compressed', extension: '7z', lock: 'open' });
  assert.equal((await contentOf(locked)).lock, 'locked');
});

test("a 7z whose list of files is damaged is nobody's to open, and no error", async () => {
  const bytes = Buffer.from(plain, 'base64');
  bytes.fill(0xff, bytes.length - 60, bytes.length - 40);
  assert.equal((await contentOf(bytes.toString('base64'))).lock, 'unsure');
});
