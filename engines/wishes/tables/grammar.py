"""Words that join, deny, count and say which caption is meant; and words that say nothing."""

from __future__ import annotations

from typing import Final

from engines.wishes.tables.kinds import Kind

GRAMMAR: Final[dict[Kind, dict[str, str]]] = {
    Kind.COLOUR: {
        "auto": (
            "auto automatic automatically contrast contrasting auto_contrast readable "
            "contrasting_colour contrasting_color contrast_to_the_background "
            "contrast_with_the_background "
            "контрастировал_с_фоном контрастирует_с_фоном контрастував_із_тлом контрастує_з_тлом "
            "контрастн^ авто автоматическ^ автоматичн^ автоконтраст~ контраст~ автоматом сам сама "
            "читаем^ контрастн^_к_фону в_зависимости_от_фона залежно_від_тла залежно_від_фону "
            "контрастн^_до_тла контрастн^_до_фону подходящ^ читабельн^ "
            "depending_on_the_background based_on_the_background на_основе_фона на_основі_тла "
            "на_основі_фону"
        ),
    },
    Kind.SHADE: {
        "dark": "dark темн^ темненьк^ темно",
        "light": "light светл^ светло світл^ світло",
        "deep": "deep глубок^ глибок^",
        "pale": "pale pastel бледн^ блід^ пастельн^",
    },
    Kind.TURN: {
        "1": (
            "clockwise по_часовой по_часовой_стрелке за_годинниковою за_годинниковою_стрілкою cw "
            "по_часов^_стрелк~"
        ),
        "-1": (
            "counterclockwise anticlockwise counter_clockwise anti_clockwise ccw "
            "против_часовой против_часовой_стрелки проти_годинникової "
            "проти_годинникової_стрілки проти_стрілки"
        ),
        "180": "upside_down вверх_ногами догори_ногами догори_дриґом",
    },
    Kind.MOVE: {
        "up": "up higher upwards upward выше повыше вище вверх_на вгору_на",
        "down": "down downwards downward ниже пониже нижче вниз_на",
        "left": "leftwards leftward левее полевее лівіше further_left",
        "right": "rightwards rightward правее поправее правіше further_right",
    },
    Kind.ROLE: {
        "title": "title heading headline header заголов^ заголовк~ заголовок заголовки назв~ "
        "названи~ название названием тайтл~ шапк~",
        "subtitle": "subtitle subheading sub_title подзаголов^ подзаголовк~ подзаголовок "
        "підзаголов^ підзаголовк~ підзаголовок",
        "date": "date year дат~ датой год~ рік рок~",
        "signature": "signature byline автограф~ подписью_автора підпис_автора",
        "author": "author автор~",
        "quote": "quote quotation цитат~",
        "price": "price цен~ цін~ ценник~ цінник~",
        "name": "name имя имени именем ім'я імені іменем імʼям",
        "watermark": "watermark водян^_знак~ водян^_знаком",
        "copyright": "copyright копирайт~ копірайт~",
        "slogan": "slogan tagline слоган~ девиз~ девіз~",
        "logo": "logo логотип~ лого",
        "place": "location city мест~_съемки город~ міст~ локаци~ локаці~",
        "footnote": "footnote footer сноск~ примечани~ виноск~ примітк~",
    },
    # A word for any caption that becomes a role of its own only beside other roles.
    Kind.ORDINAL: {
        "1": "first 1st перв^ перш^",
        "2": "second 2nd втор^ друг^",
        "3": "third 3rd трет^ третьей третью третій третя третю",
        "4": "fourth 4th четверт^",
        "last": "last final последн^ останн^",
    },
    Kind.LINE: {"line": "line row строк~ строчк~ строчек рядок рядочок рядк~ рядоч^ рядки рядів"},
    Kind.NUMBER: {
        "0": "zero ноль нуль",
        "1": "one один одну одна",
        "2": "two два две дві",
        "3": "three три трех трьох",
        "4": "four четыре чотири четырех",
        "5": "five пять пяти п'ять п'яти",
        "6": "six шесть шести шість шести",
        "8": "eight восемь восьми вісім восьми",
        "10": "ten десять десяти",
        "12": "twelve двенадцать двенадцати дванадцять",
        "15": "fifteen пятнадцать пятнадцати п'ятнадцять п'ятнадцяти",
        "20": "twenty двадцать двадцати двадцять двадцяти",
        "24": "twenty_four двадцать_четыре двадцать_четырех двадцять_чотири",
        "30": "thirty тридцать тридцати тридцять тридцяти",
        "40": "forty сорок сорока",
        "45": "forty_five сорок_пять сорок_п'ять",
        "48": "forty_eight сорок_восемь сорок_вісім",
        "50": "fifty пятьдесят пятидесяти п'ятдесят п'ятдесяти",
        "60": "sixty шестьдесят шістдесят шестидесяти",
        "70": "seventy семьдесят сімдесят семидесяти",
        "72": "seventy_two семьдесят_два сімдесят_два",
        "80": "eighty восемьдесят вісімдесят восьмидесяти",
        "90": "ninety девяносто дев'яносто",
        "96": "ninety_six девяносто_шесть дев'яносто_шість",
        "100": "hundred a_hundred сто ста",
        "0.5": "half наполовину половин~ половинн^",
        "1.5": "полтора півтора полуторн^ полуторный",
    },
    Kind.UNIT: {
        "px": (
            "px pt pts point пт пункт~ pixel пикс пиксел^ пиксел~ пікс піксел^ піксел~ pix пкс "
            "пикселя пикселов"
        ),
        "%": "percent per_cent процент~ відсот^ відсотк~ відсоток pct",
        "em": "em ems",
        "°": "degree deg градус~ град",
    },
    Kind.NOT: {
        "not": (
            "no without not dont do_not remove drop w_o none never без не нет нету немає ни ні "
            "жодн^ никак^ ніяк^ убери убрать прибери прибрати isnt zero_out except nor neither "
            "кроме крім"
        ),
    },
    Kind.UNWANTED: {
        "unwanted": (
            "not_needed isnt_needed is_not_needed not_wanted off не_нужн^ не_нужен не_надо "
            "не_нужно не_потрібн^ не_потрібен не_треба ненужн^ убери_вообще не_хочу не_хочеться "
            "не_требуется не_нада"
        ),
    },
    Kind.AND: {"and": "and plus or или або чи и й і та also так_же також_і"},
    Kind.WITH: {"with": "with having с со з із зі using w"},
    Kind.ON: {"on": "on over on_top_of upon на по behind_it against поверх"},
    Kind.BREAK: {
        "break": "but while а но зато then whereas але проте однак затем потім тогда тоді при_этом "
        "при_цьому нехай_ще",
    },
    Kind.FROM: {"from": "from от від away_from off_the"},
}

FILLERS: Final = (
    "please pls plz kindly i id like want would need lets let s make made put place placed set "
    "give add use show write draw have has is are be should must can could you me my it its this "
    "under plain leave "
    "everything around writing_of that corner corner_of the them they their those "
    "these her his a an of in at to into for by as so very just some any there color colour "
    "colored coloured colors colours position positioned located font_family style styled look "
    "caption_text side area edge border_of part image picture photo screen thanks thank_you "
    "hi hello well ok okay maybe its_own do does did will then_also only all whole along near "
    "about degrees_of pretty nice nicely quite hand_side kind sort keep up_to at_most "
    "no_more_than maximum max more_than than be_no behind_the_text behind_the_letters "
    "behind_the_words behind_text behind_letters behind_words behind under_the_text "
    "around_the_letters around_letters around_the_text of_the_text of_the_letters of_the_image "
    "of_the_picture of_the_width of_width of_the_height of_height nothing_else nothing_more "
    "picked pick chosen choose picks alignment_of должен должна должно должны оставь оставьте "
    "оставить пожалуйста пжл плиз хочу хотел хотела хотелось бы мне нужен нужна нужно нужны надо "
    "сделай сделайте сделать помести поместите поместить поставь поставьте поставить размести "
    "разместите разместить добавь добавьте добавить пусть будет будут быть была был было были "
    "чтобы чтоб это этот эта в во у к ко для из за о об под цвет~ цветом цвета расположи "
    "расположить расположен^ расположени~ положени~ позици~ напиши напишите написать пиши нарисуй "
    "нарисуйте сам^ выберется подбери подберется подберите подобрать выбери выбрать выбирай себя "
    "он она они их его ее мой моя мою можно давай просто очень стиль оформлени~ край края краю "
    "краем краев угол угла углу уголок уголке уголку углах спасибо привет картинк~ изображени~ "
    "фотографи~ фото кадр~ за_текстом за_буквами под_текстом под_буквами позади_текста "
    "вокруг_букв вокруг_текста у_текста у_букв для_текста всё все весь всю сторон~ част~ ровно "
    "примерно около не_больше не_более максимум максимальн^ до ничего_больше больше_ничего только "
    "ну же еще тоже также цвету всего лишь именно от_высоты_картинки от_высоты от_ширины "
    "от_высоты_изображения от_ширины_картинки повинен повинна повинно повинні має мають залиш "
    "залиште залишити будь_ласка прошу хотів хотіла хотілося би б мені потрібен потрібна потрібно "
    "потрібні треба зроби зробіть зробити розмісти розмістіть розмістити постав поставте "
    "поставити додай додайте додати нехай хай буде будуть бути щоб це цей ця колір кольор~ "
    "кольору кольором розташуй розташувати розташован^ позиці~ намалюй намалюйте підбереться "
    "вибереться підбери підберіть вибери вибрати дуже краєм краї кут кута куті куту куток кутка "
    "кутку кутик кутику дякую привіт зображенн~ зображення світлин~ за_літерами за_словами "
    "під_текстом під_літерами позаду_тексту навколо_літер навколо_тексту для_тексту усе частин~ "
    "рівно приблизно близько не_більше нічого_більше більше_нічого тільки ж ще теж також лише "
    "both both_of_them оба обе обеих обоих обидва обидві обох stretch stretched run running "
    "stretching растяни растянуть растянут^ растяните розтягни розтягнути розтягнут^ розтягніть "
    "effect эффект~ ефект~ "
    "увесь був була було були щоби від_висоти від_ширини від_висоти_зображення хотілось самий "
    "самому сделан^ зроблен^ написан^ выполнен^ виконан^ начертани~ накреслення гарнитур~ "
    "гарнітур~ насыщен^ помещен^ вид~ вигляд~ виглядал~ в_стиле у_стилі типа вот який такой така "
    "такий такая дай дайте країв краях slightly bit a_bit a_little a_little_bit чуть "
    "чуть_чуть немного слегка трохи злегка ледь"
)

ALIGNING: Final = (
    "align aligned alignment justify justified выровняй выровнять выровняйте выравнивани~ "
    "выравнивать выровнен^ выровненн^ вирівняй вирівняти вирівнювання вирівнюванн~ вирівнян^ "
    "вирівняйте"
)

# Sizes of words that stand beside a thing that has no named sizes: percent of the letters' height.
SOFTNESS: Final = {"soft": 25.0, "hard": 0.0}
STRENGTHS: Final = {"soft": 0.5, "weak": 0.5, "strong": 1.0}
REACHES: Final = {"tiny": 12.0, "small": 20.0, "medium": 40.0, "large": 60.0, "huge": 100.0,
                  "thin": 20.0, "thick": 60.0}  # fmt: skip
WIDTHS: Final = {"thin": 3.0, "regular": 6.0, "bold": 12.0, "thick": 12.0}
WEIGHTS: Final = {"thin": 300, "regular": 400, "bold": 700, "thick": 700}

# "30px above the bottom": before a side these measure from it; elsewhere they are a side or a move.
RELATIVE: Final = ("above", "below", "under", "выше", "ниже", "вище", "нижче")

# Before a side these make it a direction: "a bit to the right" is no place.
GENTLE: Final = frozenset(
    ["slightly", "bit", "a bit", "a little", "a little bit", "чуть", "чуть чуть", "немного",
     "слегка", "трохи", "злегка", "ледь"]
)  # fmt: skip
# After one of these a colour describes what follows: "the price in a yellow box".
ARTICLES: Final = frozenset(["a", "an", "the"])

# Real words one letter away from a word above: never taken for its misspelling.
NOT_TYPOS: Final = (
    "block blocks write while whole where whale plane planet place slate plates bread broad brawn "
    "crown grown green grain great greet greek stroke strike strong shallow follow yellows blank "
    "blink blanc think thing then there three tree light right might sight night fight tight "
    "tittle little battle bottle button better letter latter ladder lighter bright brighter "
    "bottled large largo barge lower tower power flower slower loser cover center enter winter "
    "printer правда правду правды правило крупа серия синица полоса полка белка белок белье "
    "черника черта краска красота красивый красивая красивое красивые красиво синтез стена стены "
    "сцена цена цель центр свет светло лента слева права право тонна тонус темп тема тени тент "
    "конь слон слоны словно слово фонарь фонтан бутылка телефон среда среди мало масло дело тело "
    "места место мистер гарний гарна гарне гарні красний чистий чиста чисті світ слива сливи "
    "стіна стіни growing blowing flowing"
)
