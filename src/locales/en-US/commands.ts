export const commands = {
  vtscan: {
    description: 'Ask VirusTotal whether files are malware',
    file: 'The file to scan. VirusTotal shares it with its partners: send nothing confidential',
    moreFiles: 'One more file for the same reply',
    password: 'Opens an encrypted ZIP that contains one file; used once, then erased',
    private: 'Only you see the reply. The file still goes to VirusTotal, where others can get it',
  },
  vtresult: {
    description: 'The result of an earlier scan',
    token: 'The name of a file that you scanned, or the token that the scan gave you',
  },
  vtconfig: {
    description: 'What this bot does in this server: watched channels, alerts, actions',
    reset: 'Reset all settings; asks first',
  },
  vtquota: { description: "How much of the bot's VirusTotal quota is left, and who is waiting for it" },
  vtreport: {
    description: 'What VirusTotal knows about a file, without uploading anything',
    query: 'Name of a file you scanned, hash, token or VirusTotal link. Empty: the file you scanned last here',
    close: 'Forget which file you scanned last here',
  },
  vturl: {
    description: 'Ask VirusTotal whether a web address is dangerous',
    url: 'The address. VirusTotal makes it public: do not give one that contains a secret',
    private: 'Only you see the reply. The address still goes to VirusTotal, where others can see it',
  },
  help: { description: 'What this bot does, what its words mean, and what is sent where' },
  about: { description: 'Who runs this bot, how much it can scan, and what it keeps' },
  scanAttachments: 'Scan attachments',
};
