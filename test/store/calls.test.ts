import { callTableContract } from '../contracts/calls.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { withStore } from './opened.ts';

callTableContract('in memory', async (body) => {
  const calls = memoryCalls(() => 1);
  await body(calls, calls);
});
callTableContract('in SQLite', (body) =>
  withStore(async ({ store, another }) => body(store.calls, (await another()).calls)),
);
