/** Page furniture: what a web page prints around a document (当前位置, 打印, 字号, 浏览次数 …). Only the head and the tail of a
 * text have it, so a paragraph in the middle that looks alike is never touched. */
import type { SourceLine } from './lines.ts'
import { withoutBlanks } from './lines.ts'
import type { ReportWriter } from './report.ts'

const furniture =
  /^(?:当前位置|您(?:现在)?(?:所)?(?:在)?的?位置|首页|发布(?:日期|时间|机构)|发文日期|信息来源|来源|稿源|作者|浏览(?:次数|量)?|阅读(?:次数|量)?|点击(?:次数|数|率)?|访问(?:次数|量)|字[号体]|分享(?:到|至)?|扫一扫|打印|关闭|返回|收藏|政策解读|图文解读|相关(?:链接|文件|稿件|解读|附件)|责任编辑|编辑|索引号|主题分类|体裁分类|信息分类|公开(?:目录|方式|形式|范围|类型)|生成日期|有效性|发文机关|制发机关|成文日期|标题|名称|关键词|文件编号|统一编号|实施日期|废止日期|上一篇|下一篇|版权所有|主办单位|网站标识码|备案号|解读链接|解读材料|相关解读|政策原文|附件下载|文件下载|信息来源|发布单位|发布人|审核人?|校对|录入|文章来源|公开日期|有效期|(?:政策)?问答)[:：】\]]/
const bareFurniture =
  /^(?:[【[]?(?:打印|打印本页|关闭|关闭窗口|关闭本页|返回|返回顶部|分享|收藏|大|中|小|字体|扫一扫在手机(?:上)?(?:打开|查看)当前页(?:面)?|扫码(?:查看|分享)|分享到微信|分享到微博|复制链接|打印此页|打印页面|打印文章|关闭页面|我要纠错|我要打印|我要收藏|纠错|无障碍阅读|长者模式|繁体|English|回到顶部|上一页|下一页|TOP|QQ空间|新浪微博|微信|微博|网站地图|联系我们|下载)[】\]]?[|｜/\s]*)+$/
const breadcrumb = /^(?:首页|网站首页|当前位置|主页)[^。]*[>›»＞][^。]*$/
/** What stands only below a document: neighbours, owners of the site, files to fetch. */
const footing =
  /^(?:(?:上|下)一(?:篇|条|页)|没有了|(?:主办|承办|协办|技术支持|运维单位|维护单位|建议使用|地址|邮编|网站地图|友情链接|关于我们|联系我们|版权)[:：]?|Copyright|©|相关(?:附件|文件|链接|阅读|新闻|信息)[:：]?$|附件下载[:：]?$|(?:.{0,6}ICP备|.{0,4}公网安备))/i
const fileName = /^(?:附件\d{0,2}[:：.、]?)?[^。，；]{1,120}\.(?:pdf|docx?|xlsx?|wps|et|ofd|zip|rar|pptx?|jpe?g|png)$/i
const address = /^https?:\/\/\S+$/
const pageNumber = /^[-—－–―]{1,2}\d{1,4}[-—－–―]{1,2}$|^第\d{1,4}页(?:[,，/]?共\d{1,4}页)?$/

/** Furniture is short; a longer line is text. */
const longestFurniture = 300
/** A page has no more furniture than this at each end. */
const furnitureZone = 40

/** Whether a line is furniture by its words alone. */
export function isFurniture(text: string): boolean {
  if (text.length > longestFurniture) return false
  const tight = withoutBlanks(text)
  return furniture.test(tight) || bareFurniture.test(tight) || breadcrumb.test(tight) || address.test(tight)
}

/** Whether a line at the end of a page is none of the document's: furniture, or what only stands there. */
function isBelowText(text: string): boolean {
  if (text === '' || text.length > longestFurniture) return false
  const tight = withoutBlanks(text)
  return isFurniture(text) || (tight.length <= 120 && (footing.test(tight) || fileName.test(tight)))
}

/** The lines without furniture and page numbers; what was taken out stands in `report.dropped`.
 *
 * Furniture counts at the head (up to the first line longer than `longestFurniture` or `furnitureZone` lines) and at the
 * tail (after the last line that is none).
 */
export function dropFurniture(lines: readonly SourceLine[], report: ReportWriter): readonly SourceLine[] {
  const body = lines.filter((line) => {
    const isNumber = line.text.length < 30 && pageNumber.test(withoutBlanks(line.text))
    if (isNumber) report.dropped.push({ topic: 'page-number', line: line.line, text: line.text })
    return !isNumber
  })
  const salutation = body
    .slice(0, furnitureZone)
    .findIndex((line) => !isFurniture(line.text) && /[:：]$/.test(line.text))
  const head = salutation >= 0 ? salutation : Math.min(8, body.length)
  let tail = body.length
  while (tail > head && body.length - tail < furnitureZone && isBelowText(body[tail - 1]?.text ?? '')) tail -= 1
  return body.filter((line, index) => {
    const drop = index >= tail || (index < head && isFurniture(line.text))
    if (drop) report.dropped.push({ topic: 'page-furniture', line: line.line, text: line.text })
    return !drop
  })
}
