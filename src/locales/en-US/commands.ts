export const commands = {
  vtscan: {
    description: 'Ask VirusTotal whether files are malware',
    file: 'The file to scan. VirusTotal shares what it gets with its partners: send nothing confidential',
    moreFiles: 'One more file for the same reply',
    password: 'Opens an encrypted ZIP of one file; used once, then erased',
    private: 'Only you see the reply. The file still goes to VirusTotal, where others can get it',
  },
  vtresult: {
    description: 'The result of an earlier scan',
    token: 'The token that the scan gave you: 64 hex characters',
  },
  vtconfig: {
    description: 'What this bot does in this server: watched channels, alerts, actions',
    reset: 'Back to the defaults, after asking',
  },
  vtquota: { description: "What is left of the bot's VirusTotal quota, and who waits for it" },
  vtreport: {
    description: 'What VirusTotal knows of a file, without uploading anything',
    query: 'SHA-256, SHA-1, MD5, a token or a VirusTotal link; without it, the file that you scanned last here',
    close: 'Forget which file you scanned last here',
  },
  vturl: {
    description: 'Ask VirusTotal whether a web address is dangerous',
    url: 'The address. VirusTotal shows it to others: give none that holds a secret',
    private: 'Only you see the reply. The address still goes to VirusTotal, where others can see it',
  },
  scanAttachments: 'Scan attachments',
};
