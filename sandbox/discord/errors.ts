/** The tree in which Discord names each wrong field: `{ embeds: { 0: { title: { _errors: [...] } } } }`. */
export interface FormErrors {
  [field: string]: FormErrors | FormProblem[];
}

export interface FormProblem {
  code: string;
  message: string;
}

/** A refusal with Discord's HTTP status and JSON error code. */
export class DiscordError extends Error {
  readonly status: number;
  readonly code: number;
  readonly errors: FormErrors | undefined;

  constructor(status: number, code: number, message: string, errors?: FormErrors) {
    super(message);
    this.name = 'DiscordError';
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

/** Codes and words of Discord's table "Opcodes and Status Codes". */
const table = {
  unauthorized: [401, 0, '401: Unauthorized'],
  unknownRoute: [404, 0, '404: Not Found'],
  unknownChannel: [404, 10003, 'Unknown Channel'],
  unknownGuild: [404, 10004, 'Unknown Guild'],
  unknownMember: [404, 10007, 'Unknown Member'],
  unknownMessage: [404, 10008, 'Unknown Message'],
  unknownRole: [404, 10011, 'Unknown Role'],
  unknownUser: [404, 10013, 'Unknown User'],
  unknownEmoji: [400, 10014, 'Unknown Emoji'],
  unknownWebhook: [404, 10015, 'Unknown Webhook'],
  unknownBan: [404, 10026, 'Unknown Ban'],
  tooManyAttachments: [400, 30015, 'Maximum number of attachments in a message reached (10)'],
  tooManyReactions: [400, 30010, 'Maximum number of reactions reached (20)'],
  unknownInteraction: [404, 10062, 'Unknown interaction'],
  unknownCommand: [404, 10063, 'Unknown application command'],
  entityTooLarge: [413, 40005, 'Request entity too large'],
  alreadyAcknowledged: [400, 40060, 'Interaction has already been acknowledged.'],
  missingAccess: [403, 50001, 'Missing Access'],
  notInPrivate: [403, 50003, 'Cannot execute action on a DM channel'],
  otherAuthor: [403, 50005, 'Cannot edit a message authored by another user'],
  emptyMessage: [400, 50006, 'Cannot send an empty message'],
  cannotReachUser: [403, 50007, 'Cannot send messages to this user'],
  notATextChannel: [400, 50008, 'Cannot send messages in a non-text channel'],
  missingPermissions: [403, 50013, 'Missing Permissions'],
  wrongChannelType: [400, 50024, 'Cannot execute action on this channel type'],
  invalidRole: [400, 50028, 'Invalid Role'],
  invalidWebhookToken: [401, 50027, 'Invalid Webhook Token'],
  notBulkDeletable: [400, 50034, 'You can only bulk delete messages that are under 14 days old.'],
  archivedThread: [400, 50083, 'Thread is archived'],
  invalidJson: [400, 50109, 'The request body contains invalid JSON.'],
  noCommonServer: [403, 50278, 'Cannot send messages to this user due to having no mutual guilds'],
  lockedThread: [400, 160005, 'Thread is locked'],
} as const satisfies Record<string, readonly [number, number, string]>;

export function refuse(why: keyof typeof table): DiscordError {
  const [status, code, message] = table[why];
  return new DiscordError(status, code, message);
}

export function invalidForm(errors: FormErrors): DiscordError {
  return new DiscordError(400, 50035, 'Invalid Form Body', errors);
}
