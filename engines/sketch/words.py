"""The words the sketch knows, in English, Russian and Ukrainian: one row per cue.

How words are spelled: `engines.language.endings`. A word may stand in several rows: "moonlit" is
the moon and the night.
"""

from __future__ import annotations

from typing import Final

from engines.sketch.cue import Cue

# What looks like a cue and is none, mostly talk of cameras and names.
NOT_CUES: Final = (
    "depth_of_field field_of_view shallow_field snow_white star_wars rock_star movie_star "
    "pop_star поле_зрения глубина_поля house_music rain_man blue_cheese star_trek "
    "голубей алей"
)

WORDS: Final[dict[Cue, str]] = {
    Cue.SUNRISE: (
        "sunrise dawn daybreak early_morning morning рассвет~ восход~ заря зари зарю зарей утро "
        "утра утром утренн^ світанок світанк~ світанков^ схід_сонця сход~_сонця ранок ранку "
        "ранком ранков^ вранці"
    ),
    Cue.DAY: (
        "day daylight daytime noon midday afternoon sunny blue_sky день днем дневн^ полдень "
        "полудн~ вдень денн^ опівдні полудень солнечн^ сонячн^"
    ),
    Cue.SUNSET: (
        "sunset sundown golden_hour закат~ закатн^ заход~_солнца заходящ^ захід заході "
        "захід_сонця заход~_сонця золот^_час"
    ),
    Cue.DUSK: (
        "dusk twilight evening blue_hour gloaming nightfall сумерк~ сумерки вечер~ вечерн^ "
        "вечереет сутінк~ присмерк~ вечір вечор~ вечірн^ син^_час"
    ),
    Cue.NIGHT: (
        "night midnight nighttime nocturnal nocturne moonlit moonlight starlit starry milky_way "
        "ноч~ ночн^ полночь полноч~ полуночн^ ніч ніччю нічн^ опівночі північ_ночі вночі "
        "лунн^_ночь"
    ),
    Cue.CLEAR: (
        "clear_sky clear_skies cloudless clear_day clear_night безоблачн^ ясн^ безхмарн^ "
        "чист^_небо sunny солнечн^ сонячн^"
    ),
    Cue.CLOUDY: (
        "cloud cloudy clouded overcast cumulus облак~ облачк~ облачн^ туча тучи тучами тучах туч "
        "хмар~ хмарк~ хмаринк~ хмарн^ пасмурн^ похмур^ облачност~"
    ),
    Cue.FOG: (
        "fog foggy mist misty haze hazy туман~ туманн^ дымк~ серпанк~ серпанок імла імлі імлою "
        "мгла мгле мглой мглист^ імлист^"
    ),
    Cue.RAIN: (
        "rain rainy raining rainfall drizzle downpour дожд~ дождлив^ дождик~ ливень ливн~ дощ~ "
        "дощов^ дощик~ злива зливи зливу зливою"
    ),
    Cue.SNOW: (
        "snow snowing snowfall snowflake snowstorm blizzard снег~ снежн^ снежинк~ снегопад~ "
        "метел~ вьюг~ пург~ сніг~ сніжн^ снігов^ сніжинк~ снігопад~ хуртовин~ завірюх~ заметіл~"
    ),
    Cue.STORM: (
        "storm stormy thunderstorm thunder lightning tempest hurricane гроза грозы грозе грозу "
        "грозой грози грозі грозою грозов^ шторм~ штормов^ буря бури бурю бурей бурі бурею молни~ "
        "блискавк~ блискавиц~ гром громом"
    ),
    Cue.AURORA: (
        "aurora aurorae northern_light polar_light северн^_сияни~ полярн^_сияни~ північн^_сяйв~ "
        "полярн^_сяйв~ северн^_сияние полярн^_сияние аврора"
    ),
    Cue.SEA: (
        "sea ocean seascape seaside wave marine море моря морю морем морі морях морями морей "
        "морів морск^ морськ^ океан~ волн~ хвил~ прибо~ прибій"
    ),
    Cue.LAKE: "lake pond озер~ озерн^ озерц~ пруд~ lagoon лагун~ ставок ставк~",
    Cue.RIVER: (
        "river stream creek река реки реке реку рекой рекою речк~ речн^ руче~ ріка ріки ріці ріку "
        "рікою річк~ річков^ струм~ струмок струмк~"
    ),
    Cue.MOUNTAINS: (
        "mountain mountainous alps alpine peak summit гора горы горе гору горой горою гор горам "
        "горах горами горн^ гори горі гір гірськ^ вершин~ карпат~ карпатськ^ альп~ альпийск^ "
        "кавказ~ хребет хребт~"
    ),
    Cue.HILLS: "hill hilly hillside холм~ холмист^ пагорб~ пагорбист^ valley долин~",
    Cue.FOREST: (
        "forest woods woodland jungle taiga pine fir spruce лес лесу лесом лесе леса лесов лесам "
        "лесах лесами лесн^ ліс лісу лісом лісі ліси лісів лісах лісов^ тайга тайги тайге тайгу "
        "тайгой тайзі сосна сосны сосен соснами сосни сосновый соснов^ елка елки елей елями ялин~ "
        "ялинов^ джунгл~"
    ),
    Cue.DESERT: (
        "desert dune sahara пустыня пустыни пустыне пустыню пустыней пустынь дюн~ бархан~ пустеля "
        "пустелі пустелю пустелею сахара сахаре сахари сахарі"
    ),
    Cue.CITY: (
        "city town skyline downtown metropolis cityscape urban skyscraper megacity город~ "
        "городск^ городок мегаполис~ небоскреб~ столиц~ місто міста місту містом місті містах "
        "міськ^ містечк~ хмарочос~"
    ),
    Cue.FIELD: (
        "field meadow prairie grassland grass pasture wheat lavender sunflower поле поля полю "
        "полем полях полями луг луга лугу лугом лугах степь степи степью степ степу степов^ "
        "полян~ галявин~ пшениц~ пшеничн^ трава траве траву травой траві травою лаванд~ "
        "подсолнух~ соняшник~"
    ),
    Cue.BEACH: (
        "beach seashore shore coast coastline seaside пляж~ пляжн^ берег берега берегу береге "
        "берегом побережь~ побережье узбереж~ узбережжя узбережжі"
    ),
    Cue.SUN: (
        "sun sunny sunshine sunlight sunlit солнц~ солнышк~ солнечн^ сонце сонця сонцем сонцю "
        "сонечк~ сонячн^"
    ),
    Cue.MOON: (
        "moon moonlight moonlit moonrise crescent луна луны луне луну луной лун лунн^ полнолун~ "
        "месяц месяца месяцем місяць місяця місяцем місяці місячн^ повня повні"
    ),
    Cue.STARS: (
        "star starry starlit starlight milky_way galaxy звезд~ звездн^ звездочк~ млечн^_путь "
        "зірк~ зірок зоря зорі зір зорями зорян^ чумацьк^_шлях"
    ),
    Cue.LIGHTHOUSE: "lighthouse маяк~",
    Cue.SAILBOAT: (
        "sailboat sailing sail yacht boat ship schooner парус~ парусник~ яхт~ лодк~ лодок "
        "кораблик~ корабл~ вітрил~ вітрильник~ човен човн~ кораб~ regatta"
    ),
    Cue.BIRDS: (
        "bird seagull gull swallow птица птицы птиц птице птицу птицей птицами птах~ пташк~ "
        "пташок чайк~ чаек чайок журавл~ ласточк~ ластівк~"
    ),
    Cue.TREE: (
        "tree oak birch willow дерев~ деревья деревьев деревьям деревьями деревьях деревце дуб~ "
        "береза березы березу березой верба верби вербу ива ивы"
    ),
    Cue.HOUSE: (
        "house cabin cottage hut barn farmhouse village дом дома дому домом доме домов домик~ "
        "изба избы избу избушк~ хижин~ деревня деревни деревне деревню дім будин~ будинок будинк~ "
        "будиночок будиночк~ хата хати хату хатою хаті хатин~ хатинк~ село села селе селі селом"
    ),
    Cue.ROAD: (
        "road path trail highway pathway дорога дороги дороге дорогу дорогах дорогою дорозі "
        "дорожк~ тропа тропы тропе тропинк~ шоссе стежк~ шлях~ шосе доріжк~"
    ),
    Cue.FLOWERS: (
        "flower blossom poppy poppies tulip wildflower bloom blooming sunflower lavender цветы "
        "цветами цветов цветах цветок цветк~ цветущ^ квіти квітів квітами квітах квітк~ квітуч^ "
        "мак~ тюльпан~ лаванд~ подсолнух~ соняшник~ ромашк~ сакур~"
    ),
    Cue.WINTER: (
        "winter wintry snowy snow_capped snow_covered заснежен* засніжен* зима зимы зиме зиму "
        "зимой зимн^ взимку зими зимі зимою зимов^"
    ),
    Cue.SPRING: (
        "spring springtime april весна весны весне весну весной весенн^ весни весні весною "
        "навесні весняний весняна весняне весняні весняного весняній сакур~"
    ),
    Cue.SUMMER: "summer summertime лето летом летн^ літо літом влітку літн^",
    Cue.AUTUMN: (
        "autumn autumnal fall_color fall_colour fall_leaves fall_foliage october november осень "
        "осени осенью осенн^ осінь осені осінню осінн^ восени"
    ),
    Cue.WARM: "warm cozy cosy тепл^ уютн^ затишн^",
    Cue.COLD: "cold icy frozen frosty chilly холод~ холодн^ мороз~ морозн^ ледян^ крижан^",
    Cue.DARK: "dark moody gloomy ominous темн^ мрачн^ темрява темряві мрак~ похмур^ зловещ^",
    Cue.BRIGHT: (
        "bright vivid vibrant cheerful ярк^ яскрав^ светл^ світлий світла світле світлі радостн^"
    ),
    Cue.RED: "red crimson scarlet ruby красн^ ал^ багрян^ багров^ червон^",
    Cue.ORANGE: "orange amber оранжев^ помаранчев^ янтарн^ бурштинов^ рыж^",
    Cue.GOLD: "gold golden yellow золот^ золотист^ золоте золота желт^ жовт^",
    Cue.GREEN: "green emerald зелен^ изумрудн^ смарагдов^",
    Cue.TEAL: "teal turquoise cyan aqua бирюзов^ бірюзов^",
    Cue.BLUE: (
        "blue azure cobalt indigo синий синяя синее синие синего синей синему синим синюю синих "
        "синими синій синя синє сині синього синьої синьому синьою синю голуб^ блакитн^ лазурн^"
    ),
    Cue.PURPLE: (
        "purple violet lilac lavender magenta фиолетов^ фіолетов^ пурпурн^ лилов^ сиренев^ "
        "бузков^ лаванд~"
    ),
    Cue.PINK: "pink rosy pastel розов^ рожев^",
    Cue.GREY: (
        "grey gray monochrome black_and_white noir сер^ сір^ монохромн^ черно_бел^ чорно_біл^"
    ),
}
