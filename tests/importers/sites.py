"""Invented web pages in the shapes of sites that carry news of regions; nobody ever published them."""

FIRST = "本报讯　6月12日，川渝氢能产业合作座谈会在遂宁市举行。四川省经济和信息化厅副厅长罗庆安主持会议。"
SECOND = "“建议两地共同建设氢能走廊，三年内投资20亿元。”重庆市政协委员段晓芸说，这需要统一加氢站的标准。"
THIRD = "罗庆安表示，下一步将与重庆市共建氢能产业联盟，推动60家企业互认检测结果。"
PARAGRAPHS = (FIRST, SECOND, THIRD)
TITLE = "川渝两地代表共商氢能走廊建设"
BODY = "".join(f"<p>　　{each}</p>\n" for each in PARAGRAPHS)

GOVERNMENT = f"""<!DOCTYPE html><html><head><meta charset="utf-8">
<meta name="SiteName" content="遂宁市人民政府"><meta name="SiteDomain" content="www.sn.example">
<meta name="SiteIDCode" content="5109000001"><meta name="ArticleTitle" content="{TITLE}">
<meta name="PubDate" content="2024-06-13 09:12"><meta name="ContentSource" content="川东观察报">
<meta name="Author" content="记者 祝明远、通讯员 唐 柯"><meta name="ColumnName" content="部门动态">
<meta name="Url" content="http://www.sn.example/xinwen/202406/t20240613_88.html">
<title>{TITLE}_部门动态_遂宁市人民政府</title><style>.a{{color:red}}</style></head><body>
<div class="header"><ul><li><a href="/">首页</a></li><li><a href="/zw">政务公开</a></li></ul></div>
<div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/d">部门动态</a></div>
<h1>{TITLE}</h1>
<div class="info">发布时间：2024-06-13 09:12　来源：川东观察报　浏览次数：
<script>document.write(88)</script></div>
<div class="TRS_Editor">{BODY}</div>
<div class="share">分享到：<a href="#">微信</a><a href="#">微博</a></div>
<div class="list"><h3>相关新闻</h3><ul><li><a href="1.html">某市建议加快建设机场</a></li>
<li><a href="2.html">代表呼吁推动成渝中线高铁建设</a></li></ul></div>
<div class="footer">主办单位：遂宁市人民政府办公室　蜀ICP备00000000号</div></body></html>"""

NEWSPAPER = f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>{TITLE}-川东观察网</title>
<meta name="source" content=""><meta name="author" content="null"></head><body>
<div id="nav"><a href="/">首页</a> | <a href="/yw">要闻</a> | <a href="/cj">财经</a></div>
<div class="wrap"><h2>{TITLE}</h2>
<p class="info">2024-06-12 21:40　来源：川东观察报　作者：祝明远</p>
<div class="content"><p><img src="a.jpg"></p><p>座谈会现场。祝明远 摄</p>{BODY}<p>责任编辑：唐柯</p></div>
<div class="xgxw"><b>相关新闻</b><br><a href="3.html">某县提出打造西部电镀产业园</a><br>
<a href="4.html">专家建议设立百亿基金</a></div>
<div class="comments"><h3>网友评论</h3>
<p>网友甲：建议多建一些，我家门口也要建一座加氢站，大家说是不是。</p></div>
</div></body></html>"""

EDITION = f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>川东观察报数字报</title>
<meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body>
<!--enpproperty <articleid>1001</articleid><date>2024-06-13 00:00:00.0</date><author>祝明远;唐柯</author>
<title>{TITLE}</title><keyword>氢能</keyword><subtitle></subtitle><introtitle>遂宁座谈会侧记</introtitle>
<paperName>川东观察报</paperName><nodename>要闻</nodename>/enpproperty-->
<table><tr><td><a href="n1.htm">第01版：要闻</a></td><td><a href="n2.htm">第02版：经济</a></td></tr></table>
<ul><li><a href="c1.htm">某县提出打造西部电镀产业园</a></li><li><a href="c2.htm">{TITLE}</a></li></ul>
<div id="ozoom"><founder-content>
<!--enpcontent-->{BODY.replace("<p>", "<P>")}<!--/enpcontent--></founder-content></div>
</body></html>"""

PORTAL = f"""<html><head><meta charset="utf-8"><title>{TITLE}_某门户新闻</title>
<meta property="og:site_name" content="某门户"><meta property="og:url" content="https://news.portal.example/a/20240612/1">
<script type="application/ld+json">{{"@context": "https://schema.org", "@graph": [{{"@type": "WebSite"}},
{{"@type": ["NewsArticle"], "headline": "{TITLE}", "datePublished": "2024-06-12T21:40:00+08:00",
"author": [{{"@type": "Person", "name": "祝明远"}}, {{"@type": "Organization", "name": "川东观察网"}}],
"publisher": {{"@type": "Organization", "name": "某门户"}}}}]}}</script></head><body>
<header><nav><a href="/">新闻</a><a href="/s">体育</a><a href="/e">娱乐</a></nav></header>
<main><article><h1>{TITLE}</h1><div class="meta"><span>来源：<a href="http://x.example">川东观察报</a></span>
<span>今天 21:40</span></div><div class="text">{BODY}</div></article>
<aside><h3>热门推荐</h3><ul><li><a href="5.html">专家建议设立百亿基金</a></li>
<li><a href="6.html">代表呼吁推动成渝中线高铁建设</a></li></ul></aside></main>
<footer>Copyright © 2024 某门户. All rights reserved.</footer></body></html>"""

OLD = f"""<HTML><HEAD><META http-equiv=Content-Type content="text/html; charset=gb2312">
<TITLE>{TITLE}--川东在线</TITLE></HEAD><BODY>
<TABLE><TR><TD><A href=/>首页</A> <A href=/a>要闻</A></TD></TR></TABLE>
<TABLE><TR><TD>
<TABLE><TR><TD>今日热点</TD></TR><TR><TD><A href=1>专家建议设立百亿基金</A><BR>
<A href=2>某县提出打造西部电镀产业园</A></TABLE>
</TD><TD><CENTER><FONT size=5><B>{TITLE}</B></FONT></CENTER>
<CENTER>2024年6月12日 21:40 川东观察报</CENTER><HR>
{"<BR><BR>　　".join(PARAGRAPHS)}<BR>【<A href=#>打印</A>】
【<A href=#>关闭窗口</A>】</TD></TR></TABLE>
<CENTER>版权所有 川东在线　蜀ICP备00000000号</CENTER></BODY></HTML>"""

ACCOUNT = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><meta property="og:title" content="{TITLE}">
<meta property="og:site_name" content="微信公众平台">
<meta property="article:author" content="祝明远"></head><body>
<h1 id="activity-name">{TITLE}</h1><a id="js_name"> 川东观察 </a><em id="publish_time"></em>
<div id="js_content" style="visibility: hidden;">
<section><span>{"</span></section><section><span>".join(PARAGRAPHS)}</span></section>
</div><script>var ct = "1718199600";</script></body></html>"""

SUMMARIES = "".join(
    f"<div><h4><a href={n}>某地提出建设第{n}座机场</a></h4>"
    "<p>某地代表表示，将投资百亿建设机场，并建议各地跟进，共同建成高铁。</p></div>"
    for n in range(4)
)
WITH_SUMMARIES = f"""<html><head><meta charset="utf-8"><title>{TITLE}</title></head><body>
<div class="main"><h1>{TITLE}</h1>
<h3>会上的声音</h3>{BODY}<p>（来源：川东观察报）</p></div>
<div class="more"><h3>推荐阅读</h3>{SUMMARIES}</div></body></html>"""

ELSEWHERE = ("机场", "高铁", "电镀", "百亿", "网友", "首页", "要闻", "ICP", "Copyright", "document", "color")
"""Words of the pages that are not the article's."""
