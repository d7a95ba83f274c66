import type { IncomingMessage } from 'node:http';
import { recognise } from './content.ts';
import { fingerprinter } from './fingerprint.ts';
import type { Submission } from './model.ts';
import { boundaryOf, type FormPart, formPieces, MultipartError } from './multipart.ts';

/** The largest files: by `POST /files`, and by an address of `GET /files/upload_url`. */
export const directLimit = 32 * 1024 * 1024;
export const uploadUrlLimit = 650 * 1024 * 1024;

/** Room for the form around the file. */
const formSize = 64 * 1024;
const longestField = 4 * 1024;

export class TooLargeError extends Error {}

/** Reads an upload's form; the file is hashed on the way and not kept. */
export async function readUpload(
  request: IncomingMessage,
  limit: number,
): Promise<{ submission: Submission; fields: Map<string, string> }> {
  if (Number(request.headers['content-length'] ?? 0) > limit + formSize) throw new TooLargeError();
  const boundary = boundaryOf(request.headers['content-type']);
  const file = fingerprinter();
  const fields = new Map<string, string>();
  let part: FormPart | undefined;
  let filePart: FormPart | undefined;
  // The connection is still needed for the answer when reading ends early.
  for await (const piece of formPieces(request.iterator({ destroyOnReturn: false }), boundary)) {
    if ('part' in piece) {
      part = piece.part;
      if (part.name === 'file') filePart = part;
    } else if (part?.name === 'file') {
      file.write(piece.data);
      if (file.size() > limit) throw new TooLargeError();
    } else if (part) {
      fields.set(part.name, (fields.get(part.name) ?? '') + piece.data.toString('utf8'));
      if ((fields.get(part.name)?.length ?? 0) > longestField)
        throw new MultipartError(`The field ${part.name} is too long`);
    }
  }
  if (!filePart) throw new MultipartError('The form has no field "file"');
  return { submission: submission(file.end(), filePart.filename, fields.get('password')), fields };
}

function submission(file: Submission['file'], name: string | undefined, password: string | undefined): Submission {
  const content = recognise(file);
  const isWrong = !content.type.isArchive || (content.password !== undefined && content.password !== password);
  if (password && isWrong) throw new MultipartError('Wrong password, or not an archive of one file');
  return { file, content, opened: Boolean(password), ...(name === undefined ? {} : { name }) };
}
