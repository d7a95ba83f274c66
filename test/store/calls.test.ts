import { callTableContract } from '../contracts/calls.ts';
import { memoryCalls } from '../fixtures/memoryCalls.ts';
import { withStore } from './opened.ts';

callTableContract('in memory', (body) => body(memoryCalls()));
callTableContract('in SQLite', (body) => withStore(({ store }) => body(store.calls)));
