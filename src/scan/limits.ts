/** The figures of the domain that nobody sets from outside. Times are in milliseconds, sizes in bytes. */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long an analysis may take after the upload; waiting for quota, key or turn does not count. */
export const analysisDeadline = 30 * minute;

/** How long an answer is good for, counted from when we asked: engines take bad words back more rarely than they find some. */
export const answerLife = { malicious: 7 * day, other: day, unseen: hour };

/** From this age on people are offered a new analysis, and nothing younger is analysed again. */
export const analysisIsOldAfter = 7 * day;

/** Requests that a new analysis takes as a rule: to ask for it, for its result, and for what an analysis does not tell. */
export const reanalysisCost = 3;

/** How long the file that somebody scanned last is what they ask about when they name none. */
export const sessionLife = day;

/** How long the look-up that completes a fresh report may wait for room in the quota. */
export const completionPatience = hour;

/** Files that one member may have open by command. */
export const openPerMember = 30;

/** What VirusTotal takes at most. */
export const largestFile = 650 * 1024 * 1024;

/** How often passing trouble is met with another try before a step gives up: about five minutes in all. */
export const tries = 9;

/** However long the other side asks us to wait before the next try. */
export const longestRetryAfter = hour;

/** Uploads of one file for one answer: after passing trouble the next look-up tells whether the last one arrived. */
export const uploadTries = 4;

/** How far the engine's clock may be from ours. */
export const clockTolerance = 5 * minute;

/** How long a scan rests when the store fails, before it goes on. */
export const storeRetry = minute;
