// node --import tsx docs/schema.ts > docs/result.schema.json
import { z } from 'zod';
import { recordSchema } from '../src/cli/record.ts';

console.log(JSON.stringify(z.toJSONSchema(recordSchema, { io: 'input' }), undefined, 2));
