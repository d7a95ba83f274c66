export const capital = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1);

interface Words {
  /** On the button that asks first. Empty: it has none. */
  button: string;
  /** In the middle of a sentence: "delete". */
  plain: string;
  past: string;
  /** What one has to know before. */
  note?: string;
  /** How to undo it. */
  after?: string;
}

/** What an act is called. `who` is the moderator who pressed; without one, the bot did it by itself. */
function act({ button, plain, past, note = '', after }: Words) {
  return {
    button,
    plain,
    note,
    /** `what`, `until` and `choice` are empty where there is nothing to say. */
    did: (who: string | undefined, what: string, until: string, choice: string) =>
      [who ? `${who} ${past}` : capital(past), what, until && `until ${until}`, choice && `(${choice})`]
        .filter(Boolean)
        .join(' ') + (after ? `. ${after}` : ''),
  };
}

/** What moderators can do, and what the bot does by itself. */
export const acts = {
  delete: act({
    button: 'Delete…',
    plain: 'delete',
    past: 'deleted',
    note: 'Deleted messages cannot be restored.',
    after: 'This cannot be undone',
  }),
  timeOut: act({
    button: 'Time out…',
    plain: 'time out',
    past: 'timed out',
    note: 'They can read but not post. For how long?',
    after: 'To undo: More…, End time-out',
  }),
  quarantine: act({
    button: 'Quarantine…',
    plain: 'quarantine',
    past: 'quarantined',
    note: 'They get the quarantine role of this server.',
    after: 'To undo: More…, End quarantine',
  }),
  kick: act({
    button: 'Kick…',
    plain: 'kick',
    past: 'kicked',
    note: 'They leave the server, and can come back with an invite.',
    after: 'To undo, invite them again',
  }),
  ban: act({
    button: 'Ban…',
    plain: 'ban',
    past: 'banned',
    note: 'They leave the server, and stay out until somebody lifts the ban.',
    after: 'To undo: More…, Unban',
  }),
  trust: act({
    button: 'Trust…',
    plain: 'trust',
    past: 'trusted',
    note: 'A trusted file raises no alert in this server, whoever posts it.',
    after: 'To undo: More…, Stop trusting',
  }),
  block: act({
    button: 'Block…',
    plain: 'block',
    past: 'blocked',
    note: 'A blocked file counts as malicious in this server, whatever the engines say.',
    after: 'To undo: More…, Unblock',
  }),
  claim: act({ button: 'I take this', plain: 'take this alert', past: 'is handling this' }),
  resolve: act({
    button: 'Resolve…',
    plain: 'resolve this alert',
    past: 'resolved this alert',
    note: 'How did it end? Later copies of the file raise a new alert.',
  }),
  dismiss: act({ button: 'Dismiss', plain: 'dismiss this alert', past: 'dismissed this alert' }),
  endTimeOut: act({
    button: 'End time-out…',
    plain: 'end the time-out of',
    past: 'ended the time-out of',
    note: 'They can write again at once.',
  }),
  endQuarantine: act({
    button: 'End quarantine…',
    plain: 'end the quarantine of',
    past: 'ended the quarantine of',
    note: 'They lose the quarantine role.',
  }),
  unban: act({
    button: 'Unban…',
    plain: 'unban',
    past: 'unbanned',
    note: 'They can come back with an invite. Discord brings back neither their roles nor their messages.',
  }),
  untrust: act({
    button: 'Stop trusting…',
    plain: 'stop trusting',
    past: 'stopped trusting',
    note: 'The next copy is judged like any other file.',
  }),
  unblock: act({
    button: 'Unblock…',
    plain: 'unblock',
    past: 'unblocked',
    note: 'The next copy is judged like any other file.',
  }),
  tellAuthor: act({ button: '', plain: 'message', past: 'sent a private message to' }),
};
