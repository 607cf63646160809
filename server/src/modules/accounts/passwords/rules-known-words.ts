/** Words at the heart of the most used passwords of the published lists, English and Chinese (pinyin), and of offices. */
export const knownWords = `
aaa abc access account active actor adam adidas admin administrator adrian adobe africa agent aikman airborne albert
alex alexander alexis alice alicia allison alpha amanda amateur amber america american amigo anderson andrea andrew
angel angela angels animal anna anthony apache apollo apple april aries arsenal arthur ashley asshole august austin
awesome baby babygirl bad badboy bailey ball banana bandit barcelona barney baseball basketball batman bear beauty
beaver beer benjamin berlin bigdaddy bigdog bill billy bird bitch black blackberry blade blink blonde blood blue boat
bond bonnie booboo boomer boss boston brandon brandy brasil brazil brian brooklyn broncos brother bruce bubba buddy
bull bulldog business buster butter butterfly california calvin camaro cameron canada captain carlos caroline casper
cat celtic center champion change changeme charles charlie chase cheese chelsea cherry chester chicago chicken china
chocolate chris christian christine christmas cisco city classic coffee college company compaq computer connect
contact control cookie cool cooper corvette country cowboy cowboys crazy cream creative cricket crystal cute daddy
dakota dallas dance daniel danielle dark database dave david death default delta demo dennis desk destiny dexter
diablo diamond dick dicks digital dirty disney doctor dog dolphin dolphins donald dragon dragonball dream driver
eagle eagles eclipse edward einstein elephant elizabeth elvis eminem energy enter erica error evil excel explorer
express extreme faith falcon family fantasy father felix fender ferrari fire firebird first fish flash flower flowers
fluffy flyers football ford forever fortune frank frankie freddy free freedom friend friends fuck fucker fucking
fuckme fuckyou gabriel galaxy gandalf gateway gemini general genesis genius george ghost giants gibson ginger girl
girls god golden golf golfer good google gordon government great green guest guitar gunner hacker hallo hammer
hannah happy hardcore harley harry hawk health heart heather heaven hello helpme hentai hockey home honda honey
hooters horny hospital hottie house huawei hunter iceman iloveu iloveyou important india inside internet intel
iphone ireland iwantu jack jackie jackson jaguar jake james january jasmine jason jasper jeffrey jennifer jeremy
jerry jessica jessie jesus jimmy john johnny johnson jonathan jordan joseph joshua julia june junior justin kali
karen keyboard kevin killer king kingdom kitten kitty knight labrador lakers lauren leather legend lemon letme letmein
leonardo liberty life light link linux little liverpool local login london looking lord love lovely lover loveyou
lucky maggie magic magnum main manager manchester marina marine mario mark marlboro marshall martin marvin master
matrix matthew maverick max maxwell mercedes mercury merlin metallica michael michelle mickey microsoft midnight
mike miller million minecraft miranda mobile money monica monkey monster morgan mother motorola mountain movie muffin
murphy music mustang my mypass naked naruto nascar nathan nature nelson network newyork nicholas nicole nintendo
nirvana nissan nokia nothing november number october office oliver online open oracle orange orlando packers panda
panther panties paris parker pass passion passw passwd password pass patrick peace peaches peanut pepper peter phantom
philips phoenix phone player playboy please pokemon police porn porsche power prince princess private pumpkin purple
pussy python queen rabbit rachel racing raiders rainbow ranger rangers rebecca red redskins redsox remember richard
robert robot rocket rock root rose runner rush russia sammy samantha samsung sandra saturn scooby scooter scorpio
scorpion scott secret secure security server service sexy shadow shannon shit sierra silver simple simpson single
skippy slayer smart smith smokey smooth snake snoopy snow soccer sophie spain sparky special spider spiderman spirit
spring staff star stars startrek starwars station steelers stella stephen steve steven student summer sunday sunny
sunshine super superman support surfer sweet swimming sydney system taylor teacher team tech temp temppass tennis
teresa test tester testing theman thomas thunder thx tiger tigers tigger time tinker tom tomcat toor topgun toyota
travis trinity trouble trustno turtle united unknown update user username vampire vanessa victor victoria vip viking
vincent violet virginia voodoo walter warrior web welcome west white whatever wifi wilson win windows winner winston
winter wizard wolf women work world xavier xbox yahoo yamaha yankee yankees yellow young zaq zxc
aini aiwo anhui anquan baba baobao baobei beijing bendan caonima changcheng changjiang chengdu chenjing chenlong
chenwei chongqing daxue dengta diannao dianshi dongfang fuzhou ganbu gaoxiao gongan gonganju gongsi gongzuo guangdong
guangxi guangzhou guanli guanliyuan guizhou guojia haohao hangzhou hebei heilongjiang henan huanghe huawei hubei hunan
jiankang jiangsu jiangxi jiating jiayou jihua jinan jisuanji jisheng jishengban juzhang kaixin keji kezhang laogong
laopo lihong lijing lijun lili liming lina liping liqiang liuwei liuyang lixin lizhang longteng mama meimei mima
mimi mimashi minzheng nihao ningbo ningxia pingan pingguo qiang qinghai qingdao qq renkou renmin rizhao shandong
shanghai shanxi shaanxi shehui shengyu shenyang shenzhen shequ shimin shuju shuang sichuan suzhou taiyuan tencent
tianjin tianxia tianya tongji wangjing wangjun wangli wanglei wangpeng wangwei wangyang wangyi weijian weijianju weijianwei weishengju
weishengyuan weixin wenjian woaini woaiwo womima wode wodemima wofuni wohenhao wulian wuhan xian xianzhang xiangzhen
xiaolong xiaoming xihuan xinjiang xitong xuexi xuexiao yangguang yanggu yidong yisheng yonghu yousheng youyu yunnan
zhangjie zhangjing zhanglei zhangli zhangsan zhangwei zhangyan zhaowei zhejiang zhengfu zhengzhou zhiwei zhongguo
zhonghua zhongxin zhuren zongguo asdf qwer zxcv qwe asd aa bb cc
`
