"""The words the editor knows, in English, Russian and Ukrainian: one row per concept.

How words are spelled: `engines.language.endings`.
"""

from __future__ import annotations

from typing import Final

LEXICON: Final[dict[str, str]] = {
    # Things
    "BG": (
        "background backdrop фон фона фону фоне фоном фони тло тла тлу тлом задн^_план~ "
        "задній_план задн^_фон~ задн^_тло задн^_тла задн^_тлі заднє_тло"
    ),
    "PERSON": ("person people man woman human subject человек~ людей людин~ люди людьми"),
    "COLOUR": (
        "color colour tone tint hue цвет цвета цвету цветом цвете цветов цветам цветами цветах "
        "тон тона тону тоном тонах тонами тонов тони тонів колір кольор~ color_scheme "
        "colour_scheme гамм~ цветов^_гамм~ palette палитр~ палітр~ барв~ color_tone colour_tone"
    ),
    "CORNER": "corner угол угла углу углом углы углов углам углами углах кут кут~ уголок уголк~",
    "FRAME": (
        "frame border framed bordered рамк~ рамц~ рамок рамочк~ окантовк~ кайм~ облямівк~ "
        "облямівц~ обводк~"
    ),
    "GAP": (
        "gap spacing space margin отступ~ промежут~ промежутк~ промежуток зазор~ відступ~ "
        "проміжк~ проміжок интервал~ інтервал~"
    ),
    "SIZE": (
        "size resolution dimension размер~ разрешени~ розмір~ роздільн^ роздільність величин~ "
        "original_size its_size the_original"
    ),
    # Colours of a frame
    "WHITE": "white бел^ біл^",
    "BLACK": "black черн^ чорн^",
    "GREY": "gray grey сер^ сір^",
    "RED": "red красн^ червон^",
    "GREEN": "green зелен^",
    "BLUE": "blue син^ синяя синюю синей голуб^ блакитн^",
    "YELLOW": "yellow желт^ жовт^",
    "ORANGE": "orange оранжев^ помаранчев^",
    "PINK": "pink розов^ рожев^",
    "BROWN": "brown коричнев^",
    "GOLD": "gold golden золот^ золотист^",
    # Verbs
    "REMOVE": (
        "remov+ delet+ eras+ get_rid_of getting_rid_of take_away strip clear removal убер! убира! "
        "убрать убирать удал! удаля! удалени~ стереть сотр! вытр! сним! прибер! прибира! прибрати "
        "видал! видаля! видаленн~ вилуч! забер! забрати зітр! стерти"
    ),
    "CUT": (
        "separat+ отдел! відокрем! cut cut_out cutout cutting cutting_out isolat+ extract+ вырез! "
        "вырезать вырежи вырежьте вырезани~ виріз! вирізати виріжте виріж выдел! виокрем!"
    ),
    "OUT": "out",
    "TAKE": "take taking",
    "OFF": "off away",
    "KEEP": "keep leave keeping leaving остав! оставля! сохран! залиш! залиша! збереж! зберег!",
    "ADD": (
        "add add+ adding apply+ appli+ добав! добавля! прибав! додай додайте додати додава! дод! "
        "примен! накин! накинь застос!"
    ),
    "UP": (
        "increas+ rais+ boost+ turn_up bump_up crank_up enhanc+ enlarg+ upscal+ strengthen "
        "увелич! увеличен^ увеличени~ повыс! повыш! повышени~ подним! поднять усил! усилива! "
        "збільш! збільшенн~ підвищ! підніми підніміть підняти посил! посилити up higher"
    ),
    "DOWN": (
        "сожм! сжать стисн! decreas+ reduc+ lower lower+ turn_down dial_down cut_down drop dropp+ "
        "weaken shrink shrink+ downscal+ уменьш! уменьша! уменьшени~ сниз! снижа! пониз! понижа! "
        "убав! ослаб! сократ! приглуш! зменш! зменшенн~ зниз! зниж! знижен^ послаб! скорот! down"
    ),
    "MORE": (
        "more stronger больше побольше більше сильнее посильнее сильніше более выше повыше вище "
        "побільше більш higher"
    ),
    "LESS": (
        "less lower low weaker меньше поменьше менше слабее слабше менее ниже пониже нижче менш"
    ),
    "SMALL": "smaller small littler маленьк^ smaller_in_size",
    "BIG": "bigger larger big large as_big as_large крупнее більшим большим большой більший",
    # Colour work
    "BW": (
        "black_and_white black_white black_&_white black_n_white b_&_w b_/_w b_and_w bw "
        "monochrome monochromatic grayscale greyscale gray_scale grey_scale shades_of_gray "
        "shades_of_grey черно_бел^ черно_и_бел^ черн^_и_бел^ чб ч_/_б ч_б монохром~ монохромн^ "
        "оттенк~_сер^ оттенках_сер^ градаци~_сер^ чорно_біл^ чорно_бел^ черно_біл^ відтінк~_сір^ "
        "b_w noir чернобел^ чорнобіл^ градаціях_сірого"
    ),
    "SEPIA": "sepia сепи~ сепі~ sepia_tone",
    "INVERT": (
        "invert invert+ inversion negative negative_image инвертир! инверси~ негатив~ інверт! "
        "інверсі~ инверт! інвертува!"
    ),
    "WARM": (
        "warm warmer warmth warmly warm_up warm_it_up warming тепл^ теплее потеплее теплей тепло "
        "тепла тепліш^ тепліше теплоти теплоты утепл! warm_tone"
    ),
    "COOL": (
        "cool cooler cold colder coolness cool_down coldness холодн^ холоднее похолоднее "
        "прохладн^ прохладнее холодніш^ холодніше прохолодн^ прохолодніше холода холоду"
    ),
    "BRIGHT": (
        "bright brighter brighten brighten_up brighten_it_up lighten_up lighten_it_up brightened "
        "brightening lighter lighten lightened ярк^ ярче поярче светл^ светлее посветлее осветл! "
        "высветл! яскрав^ яскравіш^ яскравіше світл^ світліш^ світліше освітл! висвітл!"
    ),
    "DARK": (
        "dark darker darken darkened darkening dimmer dim темн^ темнее потемнее затемн! притемн! "
        "темніш^ темніше"
    ),
    "BRIGHTNESS": (
        "brightness exposure lightness яркост~ яркость яркостью экспозици~ светлот~ яскравіст~ "
        "яскравість яскравост~ яскравістю експозиці~"
    ),
    "CONTRAST": "contrast контраст~ контрастност~ контрастность контрастніст~ контрастність",
    "CONTRASTY": (
        "contrasty contrasting контрастн^ контрастнее поконтрастнее контрастніш^ контрастніше"
    ),
    "SATURATION": (
        "saturation vibrance vividness color_intensity colour_intensity насыщенност~ насыщенность "
        "насыщенностью насиченіст~ насиченість насиченост~ насыщенность_цвет~ насыщенност~_цветов "
        "насиченіст~_кольорів сочност~"
    ),
    "SATURATED": (
        "saturat+ saturated vivid vibrant colorful colourful juicy juicier насыщенн^ насыщеннее "
        "понасыщеннее сочн^ сочнее красочн^ красочнее насичен^ насиченіш^ насиченіше соковит^ "
        "соковитіш^ соковитіше барвист^ барвистіше кольоровіше живее"
    ),
    "PALE": (
        "desaturat+ muted mute pale paler faded dull duller тускл^ тусклее блекл^ бледн^ бледнее "
        "приглушенн^ тьмян^ тьмяніше блід^ блідіше блідн^ приглушен^"
    ),
    "SHARPNESS": (
        "sharpness clarity crispness резкост~ резкость четкост~ четкость різкіст~ різкість "
        "різкост~ чіткіст~ чіткість чіткост~"
    ),
    "SHARP": (
        "sharp sharper sharpen sharpen_up sharpen_it_up sharpened sharpening crisp crisper резк^ "
        "резче порезче четк^ четче почетче різк^ різкіше різкіш^ чітк^ чіткіше чіткіш^ наточ!"
    ),
    "SOFT": (
        "soft softer soften softened softening мягк^ мягче помягче смягч! мяк^ мякш^ мякше "
        "помякш! помякше"
    ),
    "BLUR": (
        "blur blurr+ blurry blurred gaussian_blur out_of_focus unfocused defocus+ размой размойте "
        "размыть размыва! размыт^ размыти~ размазать заблюр! блюр~ расфокус~ розмий розмийте "
        "розмити розмит^ розмитт~ розмива! не_в_фокусе расфокусир! блюрн!"
    ),
    "BOKEH": "bokeh боке portrait_mode портретн^_режим~",
    "RADIUS": "radius радиус~ радіус~ strength силой",
    "TRANSPARENT": "transparent transparency прозрачн^ прозор^",
    # Shape
    "CROP": (
        "обреж crop cropp+ trim trimm+ обрез! обрежь обрежьте обрезать обрезк~ обрезани~ подрез! "
        "подрежь подрежьте кадрир! кадрировани~ обріж обріжте обріз! обрізк~ обрізанн~ підріж "
        "підріж! кадруй кадруйте кадрува! кадруванн~ кроп~ кропн! кропнуть обрежи"
    ),
    "SQUARE": "square squared квадрат~ квадратн^ квадратик~",
    "WIDESCREEN": "widescreen wide_screen широкоэкранн^ широкоформатн^ широкоекранн^",
    "ROTATE": (
        "rotat+ tilt tilt+ turn turn+ spin spinn+ поверн! поворачива! поворот~ разверн! поверт! "
        "розверн! оберн! прокрут! крутан! вращ! наклон! нахил! обертанн~ вращени~"
    ),
    "LEFT": (
        "left leftward to_the_left to_left влево налево лев^ левее ліворуч вліво наліво лів^ "
        "слева зліва"
    ),
    "RIGHT": ("right rightward to_the_right to_right вправо направо прав^ праворуч вправо справа"),
    "CLOCKWISE": (
        "clockwise по_часов^_стрелк~ по_часов^ за_годинников^_стрілк~ за_годинников^ за_часов^ "
        "по_годинников^_стрілк~ за_стрілк~_годинник~"
    ),
    "COUNTER": (
        "counterclockwise counter_clockwise anticlockwise anti_clockwise против_часов^_стрелк~ "
        "против_часов^ проти_годинников^_стрілк~ проти_годинников^"
    ),
    "DEGREE": "degree deg ° градус~",
    "UPSIDE": (
        "upside_down upside вверх_ногами кверху_ногами вверх_тормашками вниз_головой "
        "догори_ногами догори_дригом догори_дриґом вниз_головою"
    ),
    "FLIP": "flip flipp+",
    "TURNOVER": "переверн! переворот~ перегорн! переворачива!",
    "MIRROR": (
        "mirror mirror+ reflect reflect+ отрази отразите отразить отражени~ отзеркал! зеркальн^ "
        "зеркал! зеркально віддзеркал! дзеркальн^ дзеркал! дзеркально відобрази відобразити "
        "віддзеркаленн~ отражать отзеркалива! mirrored mirror_image"
    ),
    "HORIZONTAL": (
        "horizontal horizontally горизонтал~ горизонтальн^ горизонталь sideways_flip "
        "слева_направо left_to_right зліва_направо"
    ),
    "VERTICAL": (
        "vertical vertically вертикал~ вертикальн^ вертикаль top_to_bottom сверху_вниз зверху_вниз"
    ),
    "RESIZE": (
        "resiz+ scal+ rescal+ downsiz+ измен!_размер~ поменя!_размер~ смен!_размер~ масштаб~ "
        "масштабир! отмасштабир! змін!_розмір~ масштабува! отресайз! ресайз~"
    ),
    "WIDE": "wide width in_width ширин~ шириною завширшки широк^",
    "HIGH": "high tall height in_height высот~ высотой висот~ висотою заввишки",
    "LONGEST": (
        "long_side longest_side longer_side large_side больш^_сторон~ длинн^_сторон~ "
        "довг^_сторон~ більш^_сторон~ довш^_сторон~"
    ),
    "PX": "px pixel пикс пікс пиксел~ пикселей пкс піксел~ пікселів точек",
    "TIMES": "times раз раза рази разів x х",
    "TWICE": (
        "twice double doubl+ two_times вдвое вдвічі удвічі удвое два_раза 2x 2х удвоить удвой "
        "подвой подвоїти"
    ),
    "THRICE": "triple thrice втрое втричі утричі",
    "HALF": (
        "half halv+ halve in_half by_half половин~ наполовину вполовину навпіл пополам половину "
        "половинн^"
    ),
    "THIRD": "third_of a_third one_third треть трети третью третин~",
    "QUARTER": "quarter_of a_quarter quarter one_quarter четверть четверти четвертью чверть чверті",
    "THIN": "thin narrow тонк^ тоненьк^ узк^ вузьк^",
    "THICK": "thick толст^ широк^_бел^ товст^",
    "ROUND": (
        "round rounded rounding скругл! скруглен^ скруглени~ закругл! закруглен^ округл! округл^ "
        "заокругл! заокруглен^ округлен^ скруглить скругленн^ закругленн^ rounded_off round_off"
    ),
    # Joining
    "JOIN": (
        "join+ combin+ merg+ put put+ putt+ plac+ stitch+ glu+ arrang+ объедин! объединени~ "
        "соедин! соединени~ склей склейте склеить склеива! поставь поставьте поставить размест! "
        "расположи расположите расположить слож! собер! слей слейте слить обєднай обєднайте "
        "обєднати поєднай поєднайте поєднати зєднай зєднайте зєднати постав поставте поставити "
        "розміст! розташуй розташуйте розташувати склеїти збер! join помест! разложи! положи "
        "положите положить поклади покладіть покласти сведи"
    ),
    "SIDE": (
        "side_by_side next_to_each_other next_to_one_another beside_each_other in_a_row "
        "in_one_row in_one_line in_a_line рядом рядышком в_ряд в_один_ряд бок_о_бок "
        "друг_рядом_с_другом одно_возле_другого одну_возле_другой поруч поряд в_рядок "
        "в_один_рядок у_ряд у_рядок одне_біля_одного бік_о_бік в_линию одна_возле_другой в_лінію "
        "рядом_друг_с_другом поруч_одне_з_одним"
    ),
    "STACK": (
        "one_above_the_other one_above_another one_below_the_other one_below_another "
        "one_under_the_other one_under_another above_each_other below_each_other under_each_other "
        "in_a_column in_one_column stack+ одну_над_другой одно_над_другим одна_над_другой "
        "одну_под_другой одно_под_другим одна_под_другой друг_под_другом друг_над_другом "
        "в_столбик в_столбец столбиком в_колонку в_один_столбец одне_над_одним одне_під_одним "
        "одну_над_одною одну_під_одною одна_під_одною одне_над_іншим одне_під_іншим "
        "одну_над_іншою одну_під_іншою у_стовпчик в_стовпчик стовпчиком у_колонку одна_над_одною "
        "одна_над_іншою"
    ),
    "GRID": "grid grid_of сетк~ сеточк~ сітк~ решетк~",
    "COLLAGE": "collage коллаж~ колаж~",
    "COLUMN": "column столбц~ столбец колонк~ колонок колонки стовпц~ стовпчик~ стовпців",
    "ROW": "row ряда рядов рядами рядок рядк~ ряди рядів строк~ строки",
    "OVERLAY": (
        "overlay overlay+ superimpos+ past+ налож! накла! наложени~ вставь вставьте вставить "
        "вклей вклейте вклеить наклад! накладанн~ накласти накладіть встав вставте вставити"
    ),
    "OVER": "over on_top_of onto atop поверх сверху зверху",
    "EACHOTHER": (
        "one_over_the_other one_on_the_other одну_на_другую одно_на_другое одна_на_другую "
        "друг_на_друга одну_на_одну одне_на_одне одну_на_іншу одне_на_інше one_onto_the_other"
    ),
    "CENTRE": "center centre middle centered centred центр~ середин~ посередине посередині",
    "TOP": "top upper верхн^ верхнем верхний верхній верх сверху зверху вверху вгорі",
    "BOTTOM": "bottom lower_left lower_right нижн^ нижний нижній низ внизу знизу снизу",
    # Grammar
    "SLIGHT": (
        "slightly a_little a_little_bit a_bit little bit a_touch a_tad tad somewhat gently subtly "
        "subtle slight lightly a_hint not_too_much not_much not_too not_very just_a_little mild "
        "чуть чуть_чуть немного немножко немножечко слегка капельку чуточку несильно легк^ "
        "не_слишком не_очень не_сильно слабо небольш^ трохи трошки трішки злегка ледь ледь_ледь "
        "не_надто не_дуже не_занадто легенько легеньк^"
    ),
    # "Darker, but not too much."
    "BUTSLIGHT": (
        "but_not_too_much but_only_a_little but_just_a_little but_only_slightly but_not_much "
        "but_just_slightly only_slightly only_a_little но_не_слишком но_не_сильно но_не_очень "
        "но_чуть_чуть но_немного но_несильно только_не_сильно только_немного але_не_дуже "
        "але_не_надто але_трохи але_не_сильно тільки_трохи лише_трохи лише_злегка"
    ),
    # "Too dark" complains; it does not ask for darkness.
    "TOO": "too слишком чересчур занадто надто",
    "MUCH": (
        "much a_lot lots very strongly strong significantly considerably far heavily heavy really "
        "greatly way a_great_deal substantially quite очень сильно намного гораздо значительно "
        "сильн^ существенно заметно дуже набагато значно помітно суттєво истотно"
    ),
    "PERCENTWORD": "percent процент~ відсот~ відсотк~ per_cent",
    "NOT": (
        "ничего_не нічого_не not dont do_not never doesnt shouldnt cannot не не_надо не_нужно "
        "не_треба не_потрібно нельзя no_need_to не_стоит"
    ),
    "WITHOUT": "without no без",
    "OR": "or или либо або чи",
    "NOR": "nor neither ни ні",
    "AND": "and then also plus и да а та й і потом затем также потім також тоді & but но але",
    # Known by itself lest it count as a form of "білий".
    "BESIDE": "біля",
    "TO": "to into до as under под під",
    "ON": "on на",
    "BY": "by",
    "FROM": "from из out_of",
    "WITH": "with in within at с со з із зі в у во",
    "ONLY": "only только лишь тільки лише",
    "EXCEPT": "except but_the but_for other_than кроме окрім крім",
    "BOTH": "both оба обе обоих обидва обидві two_of_them",
    "MAKE": (
        "give_me get_me make_me make made making mak+ do convert convert+ chang+ set give get "
        "want need turn_into turn_it_into turn_this_into transform+ let_it_be become touch touch+ "
        "трога! меня! изменя! чіпай чіпати сделай сделайте сделать сделал делай делать преврати "
        "превратите превратить переведи переведите перевести переделай хочу нужно надо пусть "
        "будет пускай зроби зробіть зробити робити перетвори перетворіть перетворити переведіть "
        "хай нехай буде потрібно треба дай выполни выставь установи встанови"
    ),
    "PIC": (
        "portrait портрет~ picture image photo photograph pic pics shot snapshot фото фотк~ фоток "
        "фоточк~ фотограф~ фотографі~ картин~ картинк~ картинок изображени~ изображений снимок "
        "снимк~ зображенн~ зображень світлин~ знімок знімк~ кадр~ рисун~ рисунок file файл~ "
        "фотографий фотографій"
    ),
}

FILLER: Final = (
    "the a an it its this that these those them they my our your their please pls plz kindly me "
    "could can would you i like us for of so is be being should must just simply all everything "
    "whole entire overall completely fully entirely look looks looking effect mode format "
    "aspect ratio proportion aspect_ratio there some any which hey hi hello thanks thank_you ok "
    "okay now after_that after afterwards finally lets let id behind around version still "
    "keep_the_proportions keep_proportions keeping_proportions keep_the_aspect_ratio "
    "keep_aspect_ratio keeping_the_aspect_ratio into_one into_a_single in_one as_one "
    "into_one_picture appearance instagram avatar profile blog website site print passport "
    "presentation telegram wallpaper post story stories cover пожалуйста пж плиз прошу можно "
    "мне мой мою мое мои моей моих мы это этот эту эти этой этого этом этих ее его их он она "
    "оно они все всю всего весь всё целиком полностью чтобы было была был были стала стало стал "
    "просто для по к ко от эффект эффекта эффектом эффекте режим режиме формат формата формате "
    "соотношение соотношением соотношении сторон пропорции пропорций пропорциями пропорция же "
    "ка бы ну вот там тут спасибо привет позади за сзади вид виде в_одно в_одну в_один в_одной "
    "сохран!_пропорци~ сохраняя_пропорции с_сохранением_пропорций аватар~ аватарк~ инстаграм~ "
    "сайт~ соцсетей печати профиля блога паспорта будь_ласка мені мій моє моя моїй це цей цю ці "
    "цього цій її його їх він вона воно вони усе усю увесь повністю щоб було була був до від "
    "ефект ефекту ефектом режимі співвідношення співвідношенням сторін пропорції пропорцій "
    "пропорціями дякую позаду вигляд вигляді в_одне у_одне збережи_пропорції "
    "зберігаючи_пропорції профілю сайту друку інстаграму давай давайте можеш можешь можете "
    "більше_нічого сам саму само якийсь"
)

# Ordinary words one slip of the pen away from a word above; they are never taken for it.
NOT_SLIPS: Final = (
    "flame flames farmer farmers bolder flower flowers tower towers crown crops ground night "
    "fight colony stock stalk stark spoon trim цветы цветок цветка цветком цветки кветы рамп "
    "рамен рядовой фонари фонарь фонтан сопли голову головой брови глаза глазки мороз кота кот "
    "собаку крона корона корону тонкая сирень мягкую игрушку shaper shape shapes warner shirt "
    "skirt colored coloured coloring"
)
NUMBERS: Final = {
    2: "two два две двух дві двох",
    3: "three три трех трьох",
    4: "four четыре четырех чотири чотирьох",
    5: "five пять пяти пять",
    6: "six шесть шести шість",
    7: "seven семь сім",
    8: "eight восемь вісім",
    9: "nine девять девять",
}
ORDINALS: Final = {
    1: "first 1st перв^ перш^ першу перше перша",
    2: "second 2nd втор^ друг^ другу другий друге друга другою другій",
    3: "third 3rd третий третье  третьей трет^ третю третє третій",
    4: "fourth 4th четверт^",
}
