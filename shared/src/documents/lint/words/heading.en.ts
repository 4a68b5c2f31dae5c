import type { headingZh } from './heading.zh-CN.ts'

/** Words of the rules about heading, title and relations, in English. */
export const headingEn: Readonly<Record<keyof typeof headingZh, string>> = {
  'documents.lint.A01.name': 'Incomplete document number',
  'documents.lint.A01':
    'The document number “{text}” is incomplete. It needs the organ’s code, a four-digit year and a serial ({clause}). Check and complete it.',
  'documents.lint.A02.name': 'Wrong brackets round the year',
  'documents.lint.A02': 'The year in “{text}” must stand in 〔〕 ({clause}). Change to “{fix}”.',
  'documents.lint.A03.name': 'Irregular serial',
  'documents.lint.A03':
    'The serial in “{text}” takes no 第, no leading zeros and no spaces ({clause}). Change to “{fix}”.',
  'documents.lint.A04.name': 'Year is not the year of signing',
  'documents.lint.A04':
    'The number says {text}, it was signed in {fix} ({clause}). Unless it runs over the turn of the year, check it.',
  'documents.lint.A05.name': 'Code not registered',
  'documents.lint.A05':
    'The code “{text}” is not registered for this organ ({clause}). Choose a registered one or ask the registry.',
  'documents.lint.A06.name': 'Number doubled, skipped or given too early',
  'documents.lint.A06':
    '“{text}” is taken, leaves a gap, or was given before signing; numbers are given at registration, after signing and review ({clause}). Let the registry number it.',
  'documents.lint.A07.name': 'Joint document without the leading organ’s number',
  'documents.lint.A07':
    'A joint document carries the leading organ’s number; “{text}” is not one of its codes ({clause}). Use its code.',
  'documents.lint.A08.name': 'Serial of order or minutes misused',
  'documents.lint.A08':
    '“{text}” is out of place: orders carry 第N号, minutes may carry an issue, all others 代字〔year〕serial ({clause}). Correct it.',
  'documents.lint.A09.name': 'Irregular copy number',
  'documents.lint.A09':
    'The copy number “{text}” has six Arabic digits, and classified documents must have one ({clause}). Change to “{fix}”.',
  'documents.lint.A10.name': 'Irregular secrecy and period',
  'documents.lint.A10':
    '“{text}” is irregular: the period follows a ★ in Arabic digits, within the lawful maximum ({clause}), as in “{fix}”.',
  'documents.lint.A11.name': 'Secrecy mark',
  'documents.lint.A11':
    'The text bears the secrecy mark “{text}”; this system must not handle classified documents ({clause}). Stop, use the classified channel and tell the security officer.',
  'documents.lint.A12.name': 'Unknown urgency',
  'documents.lint.A12':
    '“{text}” is not a lawful urgency; documents know 特急 and 加急 only ({clause}). Choose it in the form.',
  'documents.lint.A13.name': 'Urgency in the title',
  'documents.lint.A13':
    'The title says “{text}”; urgency is better marked in the head ({clause}). Consider using that mark.',
  'documents.lint.A14.name': 'Signer and direction disagree',
  'documents.lint.A14':
    'Documents to a superior name the signer, others do not ({clause}). This one is a “{text}”; check the signer.',
  'documents.lint.A15.name': 'Signer is not the principal leader',
  'documents.lint.A15':
    'Documents to a superior are signed by the principal leader, which “{text}” is not ({clause}). Check the signer.',
  'documents.lint.A16.name': 'Signers and issuers differ in number',
  'documents.lint.A16':
    'A joint document to a superior names one signer for each organ; here are {issuers} organs and {count} signers: {text} ({clause}). Complete them in the order of the organs.',
  'documents.lint.A17.name': 'Wrong organ mark',
  'documents.lint.A17.letter':
    'In a letter the organ mark is the name of the organ alone, without “{text}” ({clause}). Can be corrected for you.',
  'documents.lint.A17.order':
    'The organ mark of an order has to end in 令 ({clause}). Can be corrected for you.',
  'documents.lint.A17.minutes':
    'The mark of minutes has to end in 纪要 ({clause}). Can be corrected for you.',
  'documents.lint.A17.general':
    'The organ mark takes 文件 or nothing after the name; here it takes “{text}” ({clause}). Can be corrected for you.',
  'documents.lint.A17.organ':
    'The issuer “{text}” is neither an organ of the directory nor an authorised short name ({clause}). Use the full or authorised short name.',
  'documents.lint.A18.name': 'Leading organ is not first',
  'documents.lint.A18':
    'In a joint document the leading organ “{text}” comes first ({clause}). Can be corrected for you.',
  'documents.lint.A19.name': 'Order in the corner of the heading',
  'documents.lint.A19':
    '“{text}” is out of order: copy number, secrecy, urgency from above ({clause}). Fill them in in the form and they are placed for you.',
  'documents.lint.A20.name': 'Irregular code',
  'documents.lint.A20': 'The code “{text}” consists of Chinese characters only ({clause}). Choose a registered one.',
  'documents.lint.B01.name': 'Incomplete title',
  'documents.lint.B01': 'A title consists of organ, matter and kind, usually “…关于…的通知” ({clause}). Complete it.',
  'documents.lint.B02.name': 'No lawful kind in the title',
  'documents.lint.B02':
    'The title ends in “{text}”, which is none of the fifteen kinds ({clause}). Plans and measures are issued by a notice (通知); correct the title.',
  'documents.lint.B03.name': 'Kinds disagree',
  'documents.lint.B03': 'The title says “{text}”, the form says “{selected}” ({clause}). Make them agree.',
  'documents.lint.B04.name': 'Stacked kinds',
  'documents.lint.B04': '“{text}” in the title is doubled or mixed ({clause}). Use one kind and one 关于.',
  'documents.lint.B05.name': 'Punctuation in the title',
  'documents.lint.B05':
    'The title contains “{text}”; only title marks and brackets are usual ({clause}). Delete it or rephrase.',
  'documents.lint.B06.name': 'Title marks in the title',
  'documents.lint.B06':
    '“{text}” in the title: documents that are issued take 《》, campaigns, projects and meetings do not ({clause}). Check it.',
  'documents.lint.B07.name': 'Nested title marks',
  'documents.lint.B07': 'Title marks inside title marks are 〈〉 ({clause}). Can be corrected for you.',
  'documents.lint.B08.name': 'Title broken badly',
  'documents.lint.B08':
    'The title breaks badly at “{text}”: whole words, balanced lines, no organ’s name torn, no hourglass ({clause}). Adjust the title.',
  'documents.lint.B09.name': 'Long title',
  'documents.lint.B09': 'The title has {count} characters ({clause}). Shorten the matter.',
  'documents.lint.B10.name': 'Relayed twice',
  'documents.lint.B10': 'The title “{text}” relays a relay ({clause}). Keep one level and name the original.',
  'documents.lint.B11.name': 'Issued text missing or named otherwise',
  'documents.lint.B11':
    'The title issues 《{text}》, but no such text follows (found “{found}”) ({clause}). Add it under the same name.',
  'documents.lint.B12.name': 'Organ in the title',
  'documents.lint.B12':
    '“{text}” in the title is neither the full nor the authorised short name of the issuer ({clause}). Make it agree with the mark.',
  'documents.lint.C01.name': 'End of the addressees',
  'documents.lint.C01': 'The addressees end with one full-width colon ({clause}). Can be corrected for you.',
  'documents.lint.C02.name': 'Marks between addressees',
  'documents.lint.C02':
    '“{text}” between addressees: 、 within a class, ， between classes, no blanks or slashes ({clause}). Change to “{fix}”.',
  'documents.lint.C03.name': 'Several superiors addressed',
  'documents.lint.C03':
    'A document to superiors has one addressee as a rule; here are {count}: {text} ({clause}). Keep one, copy the others.',
  'documents.lint.C04.name': 'Copy to a subordinate',
  'documents.lint.C04':
    'A document to superiors is never copied to subordinates; “{text}” is one ({clause}). Remove it.',
  'documents.lint.C05.name': 'Addressed to a person',
  'documents.lint.C05':
    '“{text}” is a person. Unless a leader ordered it, documents go to organs ({clause}). Name the organ.',
  'documents.lint.C06.name': 'Level skipped upwards',
  'documents.lint.C06':
    '“{text}” skips the direct superior “{skipped}” ({clause}). If it must, copy the one skipped.',
  'documents.lint.C07.name': 'Important document without a copy to the superior',
  'documents.lint.C07':
    'Important documents to subordinates are copied to the direct superior “{text}” ({clause}). Consider adding it.',
  'documents.lint.C08.name': 'Department commands a lower government',
  'documents.lint.C08':
    '“{issuer}” may not command “{text}”; with its government’s consent the text must say so ({clause}). Add 经××同意, or let the government’s office issue it.',
  'documents.lint.C09.name': 'Internal division as issuer',
  'documents.lint.C09':
    '“{text}” is an internal division; none but the general office writes to others ({clause}). Write in the name of the organ or its office.',
  'documents.lint.C10.name': 'Addressees and kind disagree',
  'documents.lint.C10':
    'Kind “{text}”: 请示, 报告, 议案, 函 and 批复 need an addressee; 公告, 通告, 决议, 公报 and 命令 have none ({clause}). Correct it.',
  'documents.lint.C11.name': 'Organ named twice',
  'documents.lint.C11':
    '“{text}” among the copies is already addressee or issuer, or stands there twice ({clause}). Remove it.',
  'documents.lint.C12.name': 'Irregular copy line',
  'documents.lint.C12':
    'The copy line “{text}” is irregular: the word is 抄送, commas between organs, a full stop at the end ({clause}). Fill it in in the form.',
  'documents.lint.C13.name': 'Addressees moved to the imprint',
  'documents.lint.C13':
    'The addressees left no room for text on page 1 and were moved to the imprint ({clause}). They may be summarised.',
  'documents.lint.C14.name': 'Order of organs',
  'documents.lint.C14':
    '“{text}” stands behind “{before}”; the usual order is Party committee, congress, government, consultative conference, supervision, court, procuratorate ({clause}). Check it.',
  'documents.lint.C15.name': 'Kind and relation disagree',
  'documents.lint.C15':
    '“{kind}” does not fit the relation to “{text}”: 请示 and 报告 go to superiors, 函 between organs of which neither leads the other ({clause}). Check the kind or the addressee.',
  'documents.lint.C16.name': 'Bill from or to the wrong organ',
  'documents.lint.C16':
    'Bills go from a government to the congress of its level or its standing committee; “{text}” is neither ({clause}). Check it.',
  'documents.lint.C17.name': 'Not entitled to issue orders',
  'documents.lint.C17': '“{text}” is not entitled to issue orders ({clause}). Use 通告, 通知 or 决定.',
  'documents.lint.C18.name': 'Other superior left out',
  'documents.lint.C18':
    'Under double leadership the other superior “{text}” is copied where needed ({clause}). Consider adding it.',
}
