/** The limits of the domain. None of them is configurable. Times are in milliseconds, sizes in bytes. */
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long an analysis may take. Only time in which the engine could have answered counts. */
export const analysisDeadline = 30 * minute;

/**
 * The most time that counts between two answers about an analysis. The clock may have been set, or the machine may have slept.
 */
export const longestCounted = 10 * minute;

/** How long an answer is cached, counted from when the engine was asked. Engines withdraw detections more rarely than they add them. */
export const answerLife = { malicious: 7 * day, other: day, unseen: hour, withoutResults: 10 * minute };

/** An analysis older than this can be repeated; a younger one is not analysed again. */
export const analysisIsOldAfter = 7 * day;

/** Requests that a new analysis usually costs: one to start it, one for its result, one to look up the facts. */
export const reanalysisCost = 3;

/** How long `/vtreport` without a query refers to the file that the member scanned last. */
export const sessionLife = day;

/** How long the look-up that completes a fresh report may wait for spare quota. */
export const completionDeadline = hour;

/**
 * How long a scan is kept after its last step. What nobody takes up again is forgotten too, with its password. The buttons of
 * replies and alerts work as long.
 */
export const scansKept = 30 * day;

/** How many files one member may have open by command. */
export const openPerMember = 30;

/** The largest file that VirusTotal accepts. */
export const largestFile = 650 * 1024 * 1024;

/** How long a scan waits for an outage of the engine, or a refused key, to end. */
export const outageDeadline = day;

/** How often a step is tried after other passing failures. The waits between the tries add up to one and a half to three minutes, or longer if the other side asks for it. */
export const tries = 9;

/** The longest wait that the other side can ask for. */
export const longestRetryAfter = hour;

/**
 * The waits after failed uploads of one file, in turn. A look-up then tells whether the file has arrived. After the last wait
 * the upload has failed.
 */
export const uploadWaits = [second, 10 * second, minute, 10 * minute, hour, 2 * hour, 4 * hour, 8 * hour];

/** The shortest waits between polls of a subject that the engine has without results, if we have sent nothing. */
export const foreignWaits = [5 * second, 10 * second, 20 * second, 40 * second];

/** How much the engine's clock may differ from ours. */
export const clockTolerance = 5 * minute;

/** How long a scan pauses after the store has failed. */
export const storeRetry = minute;
