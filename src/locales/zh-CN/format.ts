import { formatOf } from '../format.ts';

export const format = formatOf('zh-CN');
