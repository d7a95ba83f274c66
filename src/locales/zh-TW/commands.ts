import type { Locale } from '../en-US.ts';

export const commands: Locale['commands'] = {
  vtscan: {
    description: '用 VirusTotal 檢查檔案是不是惡意程式',
    file: '要掃描的檔案。VirusTotal 會分享給合作夥伴，請勿上傳機密檔案',
    moreFiles: '一起掃描的另一個檔案',
    password: '加密 ZIP（內含一個檔案）的密碼，只用一次，用完即刪',
    private: '只有您看得到回覆。檔案仍會送到 VirusTotal，其他人可能取得',
  },
  vtresult: {
    description: '查看先前掃描的結果',
    token: '您掃描過的檔案名稱，或掃描時取得的代碼',
  },
  vtconfig: {
    description: '這個機器人在本伺服器的設定：監看頻道、警示、處置方式',
    reset: '重設所有設定，執行前會先確認',
  },
  vtquota: { description: '機器人的 VirusTotal 配額還剩多少、有誰在排隊' },
  vtreport: {
    description: '查詢檔案在 VirusTotal 上的資料，不會上傳任何東西',
    query: '您掃描過的檔案名稱、雜湊值、代碼或 VirusTotal 連結。留空則查您在這裡最後掃描的檔案',
    close: '忘記您在這裡最後掃描的檔案',
  },
  vturl: {
    description: '用 VirusTotal 檢查網址是否危險',
    url: '要檢查的網址。VirusTotal 會公開它，請勿輸入含有機密的網址',
    private: '只有您看得到回覆。網址仍會送到 VirusTotal，其他人看得到',
  },
  help: { description: '這個機器人能做什麼、判定結果的意思，以及資料會送到哪裡' },
  about: { description: '誰在營運這個機器人、能掃描多少、會保留什麼' },
  scanAttachments: '掃描附件',
};
