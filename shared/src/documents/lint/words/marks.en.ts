import type { marksZh } from './marks.zh-CN.ts'

/** Words of the rules about punctuation, figures and hidden characters, in English. */
export const marksEn: Readonly<Record<keyof typeof marksZh, string>> = {
  'documents.lint.H01.name': 'Half-width punctuation',
  'documents.lint.H01':
    '{count} half-width marks beside Chinese text, such as “{text}”, should be full-width ({clause}). Can be corrected for you.',
  'documents.lint.H02.name': 'Unpaired marks',
  'documents.lint.H02':
    '{count} quotation marks, brackets or title marks lack their other half, such as “{text}” ({clause}). Complete or delete them.',
  'documents.lint.H03.name': 'Irregular ellipsis',
  'documents.lint.H03': '“{text}” is written …… over two characters ({clause}). Can be corrected for you.',
  'documents.lint.H04.name': 'Irregular dash',
  'documents.lint.H04': '“{text}” is written —— over two characters ({clause}). Can be corrected for you.',
  'documents.lint.H05.name': 'Irregular range',
  'documents.lint.H05':
    '“{text}” is written “{fix}”: — between times and places, ～ between values ({clause}). Can be corrected for you.',
  'documents.lint.H06.name': 'Mark after an ordinal',
  'documents.lint.H06':
    '“{text}” is written “{fix}”: a comma after 第一 and 首先, nothing after 一是 ({clause}). Can be corrected for you.',
  'documents.lint.H07.name': '顿号 between quotations or titles',
  'documents.lint.H07': 'Quotations or titles in a row usually take no 、 between them ({clause}). Can be deleted.',
  'documents.lint.H08.name': 'Misused 顿号',
  'documents.lint.H08':
    '“{text}” takes no 、: not before 等 or 和, not inside an approximation ({clause}). Can be corrected for you.',
  'documents.lint.H09.name': 'Stop after a caption',
  'documents.lint.H09': '“{text}”: titles and phrases in tables take no stop ({clause}). Delete it.',
  'documents.lint.H10.name': 'Misused colon',
  'documents.lint.H10': '“{text}”: one colon a sentence, and one after 如下 ({clause}). Correct it.',
  'documents.lint.H11.name': 'Stop inside brackets',
  'documents.lint.H11':
    '“{text}”: brackets inside a sentence hold no stop; it follows them ({clause}). Change to “{fix}”.',
  'documents.lint.H12.name': 'Mark at the end of a line',
  'documents.lint.H12':
    'A line on page {page} begins or ends with “{text}”: closing marks never begin a line, opening ones never end it ({clause}).',
  'documents.lint.H13.name': 'Doubled punctuation',
  'documents.lint.H13': '“{text}” is doubled or mixed ({clause}). Keep one.',
  'documents.lint.H14.name': 'Needless spaces',
  'documents.lint.H14':
    'There are {count} spaces between characters or figures ({clause}). Documents take none; can be deleted for you.',
  'documents.lint.H15.name': 'Straight quotation marks',
  'documents.lint.H15': '{count} straight quotation marks should be curly ({clause}). Correct them.',
  'documents.lint.N01.name': 'Full-width figures',
  'documents.lint.N01': '{count} figures are full-width, such as “{text}” ({clause}). Can be corrected for you.',
  'documents.lint.N02.name': 'Chinese numerals wanted',
  'documents.lint.N02':
    '“{text}” takes Chinese numerals ({clause}): fixed words, approximations and lunar dates do. Correct it.',
  'documents.lint.N03.name': 'Irregular year',
  'documents.lint.N03':
    'The year “{text}” is irregular: years are not shortened, zero in Chinese years is 〇 ({clause}). Correct it.',
  'documents.lint.N04.name': 'Irregular date',
  'documents.lint.N04':
    '“{text}” in a date is written “{fix}”: no leading zeros, 日 and not 号 ({clause}). Can be corrected for you.',
  'documents.lint.N05.name': 'Times written unevenly',
  'documents.lint.N05':
    'The time “{text}” is wrong or uneven: 24 hours, and one of 15时40分 and 15:40 throughout ({clause}). Check it.',
  'documents.lint.N06.name': 'Range without its unit',
  'documents.lint.N06':
    'The first figure in “{text}” lacks its % or 万 or 亿 and may be misread ({clause}). Write 15%～30%, 3万～5万.',
  'documents.lint.N07.name': 'Decimal without zero',
  'documents.lint.N07': 'The decimal “{text}” is written “{fix}” ({clause}). Can be corrected for you.',
  'documents.lint.N08.name': 'Grouping of long figures',
  'documents.lint.N08':
    'The long figure “{text}”: groups are parted by a half-width comma, one way throughout, or use 万 and 亿 ({clause}). Correct it.',
  'documents.lint.N09.name': '千 or 百 after Arabic figures',
  'documents.lint.N09': '“{text}”: only 万 and 亿 follow Arabic figures ({clause}). Change to “{fix}”.',
  'documents.lint.N10.name': 'Multiples and percentage points',
  'documents.lint.N10': '“{text}”: decreases are not given in multiples, and no % before 百分点 ({clause}). Correct it.',
  'documents.lint.N11.name': 'Unlawful unit',
  'documents.lint.N11': '“{text}” is no lawful unit ({clause}). Convert it, e.g. to “{fix}”.',
  'documents.lint.N12.name': 'Two kinds of figures in a date',
  'documents.lint.N12': '“{text}” mixes Arabic and Chinese figures ({clause}). Change to “{fix}”.',
  'documents.lint.X01.name': 'Characters that turn the text round',
  'documents.lint.X01':
    'There are {count} invisible characters here ({text}) that turn the order of the text: what is seen is not what is stored ({clause}). Delete them and read the paragraph again.',
  'documents.lint.X02.name': 'Invisible characters',
  'documents.lint.X02':
    'There are {count} invisible characters here ({text}) that spoil search and comparison ({clause}). Can be deleted for you.',
  'documents.lint.X03.name': 'Private characters',
  'documents.lint.X03':
    'There are {count} private characters here ({text}); another computer may show nothing or something else ({clause}). Use standard characters.',
  'documents.lint.X04.name': 'Broken characters',
  'documents.lint.X04':
    'There are {count} broken characters here ({text}); the text is damaged ({clause}). Type it again from the original.',
  'documents.lint.X05.name': 'Look-alike characters',
  'documents.lint.X05':
    'There are {count} radicals or compatibility forms here ({text}) that look like ordinary characters and are not found by search ({clause}). Can be corrected for you.',
  'documents.lint.X06.name': 'Paragraph too long',
  'documents.lint.X06': 'This paragraph has more than {count} characters; only its beginning was checked ({clause}). Divide it.',
}
