# What the screens and the API say in English. A key of the code, `create.prompt.hint`, is the
# message `create-prompt-hint` here. Syntax: https://projectfluent.org/fluent/guide/

app-title = Easel
bar-spend = This session
bar-spend-actual = { $amount } charged
bar-spend-estimated = about { $amount }
bar-spend-unknown = { $count } unknown
bar-settings = Settings
tab-create = Create
tab-write = Write
tab-text = Text
tab-swap = Face swap
tab-edit = Edit
tab-history = History
tab-models = Models
tab-privacy = Where your data lives

## Create: what to decide

create-prompt = Describe the picture
create-prompt-hint = A lighthouse on a cliff at sunset, warm light, thin clouds…
create-model = Model
create-shape-portrait = Portrait
create-shape-square = Square
create-shape-landscape = Landscape
create-shape-cover = Cover
create-more = More: exact size, seed, negative prompt, format
create-preset = Exact size
create-preset-none = From shape and size
create-preset-hint = or type one, such as 1216x640; it overrides shape and size
create-seed-hint = blank for a random one
create-default = Default

## Labels of settings: param-NAME, for each name in providers/params.py

param-aspect_ratio = Shape
param-resolution = Size
param-width = Width
param-height = Height
param-num_images = Pictures
param-seed = Seed
param-negative_prompt = Negative prompt
param-num_inference_steps = Steps
param-guidance_scale = Guidance
param-quality = Quality
param-output_format = Format
param-scale = Enlarge by
param-creativity = Detail it may invent
param-resemblance = Closeness to the picture
param-fidelity = Likeness of faces
param-enhance_model = Network
param-face_enhancement = Restore faces
param-wishes = Describe the look
param-style = Style, as JSON
param-mode = What to do
param-strength = Strength
param-temperature = Temperature
param-source_face = Face to use
param-target_face = Face to replace

## Earlier prompts

earlier-title = Earlier prompts
earlier-search = Search
earlier-none = Prompts you use in this session are listed here, so that you can use them again.
earlier-nothing = No earlier prompt contains all these words.

## Edit: the pictures, in their order, and what should change

edit-pictures = Pictures: choose, drop or paste
edit-image-word = image
edit-earlier = ← Move left
edit-later = Move right →
edit-remove = Remove
edit-add = Add pictures
edit-clear = Remove all
edit-left_out = It was left out; the other pictures stay.
edit-none = There is no picture to edit.
edit-none-advice = Choose one, drop it here or paste it; nothing was sent.
edit-many = There are { $count } pictures, but at most { $most } can be used.
edit-many-advice = Remove { $count }, or choose another model; nothing was sent.
edit-prompt = What should change?
edit-prompt-hint = Put the dress from image 2 on the woman in image 1
edit-shape-same = Same as the picture
edit-shape-default = Default, { $ratio }
edit-more = More: exact size, seed, format
edit-can-title = Easel's own editor will do this, on this machine. It understands only simple instructions:
edit-can-more = Everything it can do

## The one button of a tab, by task, and its price

button-text-to-image = Create
button-image-edit = Edit
button-retouch = Retouch
button-upscale = Upscale
button-face-swap = Swap
button-text-overlay = Add text
button-prompt-writing = Write
button-free = { $verb } · free
button-price = { $verb } · about { $price }
button-most = { $verb } · at most { $price }
button-translated = { $verb } · about { $price } with translation
button-unknown = { $verb } · price unknown
create-stop = Stop
create-again = Again with a new seed
create-download = Download
result-upscale = Upscale
result-retouch = Retouch
result-text = Add text
result-source = Use this face
result-target = Put a face here
create-before_after = Before and after
create-receipt = Receipt
create-film = This session
strip-note = Goes when you close or reload this page: download what you want to keep.
strip-waiting = Waiting
strip-running = Running
strip-failed = Failed
strip-stopped = Stopped
strip-unknown = Outcome unknown
strip-done = Done
strip-picture = Picture { $number } of { $of }

## Create: who will answer

who-auto = Auto
who-goes = Goes to { $provider }.
who-stays = Stays on this machine.
who-shortcut = Ctrl + Enter.
who-reads = Reads { $languages }.
who-reads-any = Reads any language.
who-placeholder = A placeholder, not AI. Set a key in Settings to use real models.
who-free = free
who-unknown = price unknown
who-picture = image { $number }: { $line }
who-each = { $price } each
who-most = at most { $price }
who-needs = needs { $name }
who-size = { $before } → { $after }
who-size-open = { $before } → the model decides the size
who-unverified = price not verified
who-old = price read { $days } days ago

## The picture's place

stage-empty = Your picture appears here.
stage-empty-hint = Nothing is sent until you press the button.
stage-starting = Starting
stage-stop_all = Stop all jobs
stage-full = Whole screen
stage-line = Waiting for a free slot
stage-translating = { $provider } is translating your prompt first
stage-line-ahead = Waiting for a free slot: { $ahead } ahead
stage-queue = In { $provider }'s queue
stage-queue-ahead = In { $provider }'s queue: { $ahead } ahead
stage-submitting = Sending to { $provider }
stage-accepted = { $provider } accepted the job
stage-running = { $provider } is working on it
stage-fetching = Fetching the result
stage-completed = Done
stage-cancelled = Stopping
stage-failed = Failed
stage-not_accepted = Rejected
stage-unknown = Outcome unknown
stage-local = Working on this machine
stage-picture = Picture { $number } of { $of }
stage-elapsed = { $seconds } s
stage-stopped = Stopped
stage-failed-untouched = Your prompt and settings are as you left them.
stage-job = Job at the provider: { $id }

## The result

result-seconds = { $seconds } s
result-price-estimate = { $price } estimate
result-price-actual = { $price }
result-price-free = free
result-price-unknown = price unknown
result-price-not_charged = not charged
result-seed = seed { $seed }
result-edit = Edit

## What an edit changed

changes-show = What changed
changes-reckoning = Comparing with the original…
changes-told = { $share } of the picture changed.
changes-told-little = Less than 1 % of the picture changed.
changes-told-nothing = No part of the picture stands out as changed.
changes-told-whole = The picture as a whole differs, by an average colour difference of { $drift }; no part of it stands out.
changes-told-map = Below: the original in grey, and what changed in yellow to red.
changes-rest-same = The rest is exactly as it was.
changes-rest-unseen = The rest drifted by an average colour difference of { $drift }, too little to see.
changes-rest-seen = The rest drifted by an average colour difference of { $drift }; a difference becomes visible at about { $seen }.
changes-keep = Keep the rest as it was
changes-kept = Made here, free: only what changed was taken from the edit; the rest comes from the original.
changes-none = There is no original to compare this with.
changes-gone = This result is no longer there.
changes-advice = The result itself is unchanged.
changes-engine = Comparing pictures needs a package that is not installed here.
changes-engine-advice = Install { $name } with pip and start Easel again.

## What a job without pictures costs

charge-unknown = It is not known whether this was charged; it counts against your limits.
charge-not_charged = Nothing was charged.

## After an end nobody is sure of

way-check = Check again
way-elsewhere = Try { $model } for about { $price }
way-elsewhere-free = Try { $model }, free
way-elsewhere-unknown = Try { $model }, price unknown
way-still_open = Nothing new: the outcome of the job is still unknown.
story-answered = { $who }, { $price }
price-ask = The price of { $model } is unknown.
price-ask-advice = Press { $verb } again to go ahead anyway; you are asked only once.

## Limits a visitor sets for himself

limits-title = Limits for this session
limits-cap = Spending limit, US dollars
limits-cap-hint = includes running jobs; blank for no limit
limits-max_price = Maximum price per picture, US dollars
limits-max_price-hint = blank: Auto allows twice the price of its first choice, at least 0.05; 0: free models only
limits-patience = Wait for a busy provider, seconds
limits-patience-hint = before Auto tries the next one
limits-finish = Finish paid jobs when I leave
limits-finish-hint = the result is kept for this browser for { $minutes } minutes
limits-save = Save limits
limits-saved = Limits saved.
limits-collected = The jobs you asked Easel to finish are here, or appear as they are done.
limits-odd = { $name } must be a number, 0 or more, or blank; it was not changed.

## Health and statistics

health-title = Providers
health-never = not used yet
health-success = last success { $at }
health-error = { $at }: { $error }
health-resting = paused until { $until }
health-refused = key refused
tab-statistics = Statistics
statistics-note = Counts of this app since it started, and of your session. No prompts, no pictures, no keys.
statistics-empty = No job has finished yet.
statistics-model = Model
statistics-tries = Attempts
statistics-success = Success
statistics-seconds = Seconds, mean / 95 %
statistics-spend = Spent
statistics-failures = Failures
statistics-session = Your session
statistics-process = This app

## History

history-empty = Nothing here yet. Results are kept here until you leave.
history-note = The last { $limit } results of this session. They are deleted when you close or reload this tab: save what you want to keep.
history-save = Save history.json
history-delete = Delete this result
history-clear = Delete all

## Jobs whose outcome is open

open-title = Jobs with an unknown outcome
open-hint = Each may have been charged. Checking again costs nothing: whatever its provider made is added to the history.
open-price = about { $price }
open-drop = Remove from this list
open-show = Show
open-fetched = The result is here, below.
open-restarted-one = One paid job was running when Easel was restarted or you left. Its result may still be available.
open-restarted = { $count } paid jobs were running when Easel was restarted or you left. Their results may still be available.

## Models

models-model = Model
models-price = Price
models-reads = Reads
models-licence = Commercial use
models-now = Status
models-ready = ready
models-ready-until = ready, until { $date }
models-ends = ends { $date }

## Settings

settings-keys = Keys for this session
settings-keys-note = A key you enter here is kept in memory until you leave, is sent only to its provider, and is used instead of the app's own key.
settings-key = { $provider } key
settings-key-own = yours, for this session
settings-key-app = the app's own
settings-key-sign_in = your Hugging Face sign-in
settings-key-none = not set
settings-save = Use these keys
settings-forget = Forget my keys
settings-blank = No key was entered. Nothing changed.
settings-forgotten = Your keys are forgotten.
settings-get = Get a key
settings-sign_in = Sign in with Hugging Face
today-title = The app's own keys today
today-usd = { $left } of { $limit } left today.
today-calls = { $left } of { $most } calls without a fixed price left today.
today-share = { $part } of what this app gives away today is left.
today-calls-share = Of its calls without a fixed price: { $part }.
today-own = For your network address: { $left } of { $limit }.
today-jobs = { $done } of your { $most } jobs this hour.
today-back = This resets at midnight UTC. Your own keys are not counted.
today-part-all = Nearly all
today-part-most = Most
today-part-half = About half
today-part-little = A little
today-part-none = Nothing

## Who may come in

login-file = Please sign in to use this app.
login-username = Name
login-password = Password
login-button = Sign in
login-wrong = The name or the password is wrong. Check both and try again.
login-wait = Too many attempts. Please wait { $seconds } seconds and try again.
login-api = This app is for its users only. Sign in on its page; by API, use auth=(name, password) in gradio_client or HTTP Basic in every request.
login-hub = This app is for people who have signed in. Sign in with Hugging Face, then reload this page.
login-hub-api = This app is for people who have signed in with Hugging Face. Sign in on its page and send its session cookie with your calls.
login-hub-none = This app is for people who have signed in with Hugging Face, and this Space does not offer that yet: its owner must set hf_oauth: true in the Space's README.
users-usage = Usage: python -m users NAME
users-password = Password:{ " " }
users-again = Repeat the password:{ " " }
users-name = A name must not be blank, hold a colon or begin with #.
users-short = A password must have at least { $least } characters.
users-different = The two passwords differ. Nothing was saved.

## The studio's sentences

studio-prompt-empty = The prompt is empty. Write what the picture should show.
studio-idea-empty = The idea is empty. Say in a few words what the picture should show, or give a picture to describe.
studio-prompt-long = The prompt has { NUMBER($length, useGrouping: 1) } characters; { $model } reads at most { NUMBER($most, useGrouping: 1) }.
studio-prompt-unread = { $model } takes no prompt; leave it blank, or choose another model.
studio-pictures-none = { $model } takes no pictures, but { $count } were given.
studio-pictures-one = { $model } takes one picture, not { $count }.
studio-pictures-exact = { $model } takes exactly { $most } pictures, not { $count }.
studio-pictures-between = { $model } takes { $least } to { $most } pictures, not { $count }.
studio-pictures-tiny = { $name } has { $size } pixels, and { $model } takes none with a side under { $least }.
studio-pictures-strip = { $name } has { $size } pixels, and { $model } takes none that is more than { $most } times as long as it is wide.
studio-pictures-tiny-advice = Choose a larger picture. Nothing was sent.
studio-flag = { $name } must be true or false, not { $value }.
picture-name = picture { $number }
picture-changed = { $name }: { $done }
picture-label = { $name }: { $width }×{ $height } { $kind }, { $kilobytes } kB
studio-text-broken = { $name } contains a character that cannot be encoded.
studio-size-twice = Give either resolution, or width and height, not both.
studio-number = { $name } must be a number, not { $value }.
studio-number-digits = a number of thousands of digits
studio-number-whole = { $name } must be a whole number, not { $value }.
studio-ratio = aspect_ratio must be width to height such as "4:3", or { $names }, not { $value }.
studio-param-none = { $model } has no { $name }. It takes: { $names }.
studio-seed-allowed = { $allowed }, or -1 for a random one
studio-param-bounds = { $name } of { $model } must be { $allowed }, not { $value }.
studio-size-refused = { $model }: { $reason }.
studio-size-rounded = { $asked } was rounded to { $made }: { $title } takes multiples of { $multiple }.
studio-key-none = There is no key for { $provider }.
studio-key-none-how = No key for { $provider }. { $how }
studio-key-blank = The key given for { $provider } is blank.
studio-key-odd = The key given for { $provider } contains characters that no key has.
studio-key-how = Type one in Settings, set { $name }, or send { $header }; make one at { $url }.
studio-price-unknown = unknown
studio-price-free = free
studio-price-free-note = free, { $note }
studio-price-each = ${ $usd } per { $per }{ $steps }{ $unsure }{ $old }
studio-price-tokens = ${ $told } per million tokens read, ${ $written } written{ $unsure }{ $old }
studio-price-old = , read { $days } days ago
studio-price-step = { $value } ${ $usd }
studio-price-unsure = , unverified
studio-result-not_picture = What came back is not a picture.
studio-result-cut = The picture came back cut short.

## Pictures on their way in

intake-unnamed = The picture
intake-and = { $first } and { $last }
intake-removed = { $what } removed
intake-removed-location = location
intake-removed-camera = camera data
intake-removed-date = date
intake-removed-text = text
intake-removed-preview = embedded pictures
intake-removed-credentials = content credentials
intake-removed-tail = data after the picture
intake-removed-other = metadata
intake-note-turned = turned upright
intake-note-first = only the first of several pictures in the file is used
intake-note-colours = colours converted to sRGB
intake-note-kind = { $old } stored as { $new }
intake-note-clear = it is completely transparent: nothing can be seen in it
intake-note-bits = { $bits } bits per colour reduced to 8
intake-done-white = transparency filled with white
intake-done-smaller = made smaller: { $old } → { $new }
intake-done-quality = sent as JPEG of quality { $quality }
intake-done-kind = sent as { $kind }
intake-line-smaller = { $size } → { $longest } px
intake-line-goes = goes to { $who }
intake-no-empty = { $name } is empty: 0 bytes.
intake-no-heavy = { $name } has { $size } MB; at most { $most } MB are taken.
intake-no-large = { $name } has { $size } pixels, { $million } megapixels; at most { $most } are taken.
intake-no-long = { $name } has { $size } pixels; no side may be longer than { $most }.
intake-no-unknown = { $name } is not a picture that Easel can read.
intake-no-cut = { $name } is cut short: its end is missing.
intake-no-damaged = { $name } is damaged: its parts do not fit together.
intake-no-unsupported = { $name } is of a rare kind that Easel cannot read.
intake-no-deep = { $name } holds 32-bit measurements rather than colours.
intake-no-hdr = { $name } is an HDR picture (PQ or HLG), which Easel cannot convert to sRGB.
intake-no-planes = { $name } is a TIFF with its channels in separate planes, of a kind that Easel cannot read.
intake-no-heif = { $name } is a HEIC picture, and this Easel has nothing installed to read it.
intake-no-outside = That file is not among your uploads.
intake-no-unfit = { $name } cannot be made to fit into { $most } MB.
intake-advice-empty = Choose another file.
intake-advice-heavy = Make it smaller, or save it as JPEG.
intake-advice-large = Make it smaller first.
intake-advice-long = Make it smaller first.
intake-advice-unknown = Use PNG, JPEG, WebP, AVIF, GIF, BMP, TIFF or HEIC.
intake-advice-cut = Upload it again, or copy it from its source again.
intake-advice-damaged = Open it in a picture editor and save it as a new file.
intake-advice-unsupported = Save it as an ordinary JPEG or PNG.
intake-advice-deep = Save it with 8 or 16 bits per colour.
intake-advice-hdr = Save it as an ordinary picture (SDR), such as a JPEG.
intake-advice-planes = Save it with its channels interleaved, or as PNG.
intake-advice-heif = Save it as JPEG, or install Easel's extra named heif.
intake-advice-outside = Upload the picture again.
intake-advice-unfit = Choose another model.
studio-model-gone = { $model } was shut down{ $since }.{ $instead }
studio-model-gone-since = { " " }on { $date }
studio-model-gone-instead = { " " }Use { $successor } instead.
studio-model-gone-elsewhere = { " " }Its successor is { $successor }, which Easel does not have yet.
studio-model-ends = { $title } can be used until { $date }.{ $instead }
studio-model-none = There is no model { $name }. There are: { $names }.
studio-nobody = No available model can do all that. { $reasons }
studio-nobody-helpful = Change that, or set a key: { $names } could.
studio-others = Other models could: { $names }.
studio-serves-late = { $provider } did not say in time who serves { $model }.
studio-stopped = Stopped.
studio-stopped-unsent = Nothing was sent.
outcome-large = The picture would have { $made } megapixels; Easel returns at most { $most }.
outcome-large-scale = ×{ $scale } of this picture would be { $made } megapixels, and Easel returns at most { $most }; ×{ $best } is the largest that this model can make of it.
outcome-large-none = ×{ $scale } of this picture would be { $made } megapixels, and Easel returns at most { $most }; this model makes no smaller one of it.
outcome-large-advice = Choose a smaller scale, or make the picture smaller first; nothing was sent.
studio-check-left = Nobody was waiting for the answer any more; the job continues at { $who }.
studio-closing = Easel is shutting down and takes no new jobs.
studio-closing-advice = Nothing was sent, so nothing is charged. Try again in a minute.
studio-let_go = Easel was stopped while { $who } had this job.
studio-let_go-here = Nothing is charged. Try again when Easel is back.
studio-waiting = waiting for a free slot
line-unused = Not used: { $parts }. No setting here understands it, or a later part of the line replaced it.
line-lead = “{ $lead }” at the beginning was left out: it only says that this is a picture.
line-instead = The line says { $name }={ $line }, but { $value } was set as well: the line wins.
line-model = There is no model “{ $name }” for this; the model was not changed.
line-lacks = { $who } has no { $name }, so { $value } was left out.
line-lacks-all = No available model has { $name }, so { $value } was left out.
line-no_control = There is no control for { $name } here, so { $value } was left out.
line-price = With this line, the button would say: { $label }.
line-price-advice = It did not say that yet. Press { $verb } again to go ahead.
line-replaced = The line names another size, so { $name } { $value } was left out.
choice-one = Your prompt contains a choice: { $choices }. One is picked for each picture.
choice-several = Your prompt contains choices: { $choices }. For each picture, one of each is picked.
choice-more = { " " }and { $count } more
choice-choices = The prompt contains more than { NUMBER($most, useGrouping: 1) } choices in braces. Write fewer, or put a backslash before braces that are meant as they stand.
choice-options = The choices of the prompt have more than { NUMBER($most, useGrouping: 1) } options together. Write fewer.
choice-length = An option of a choice has more than { NUMBER($most, useGrouping: 1) } characters. Write a shorter one, or put a backslash before braces that are meant as they stand.
choice-depth = Choices in braces can be nested { $most } deep; the prompt nests them deeper. Take the innermost out, or put a backslash before braces that are meant as they stand.
studio-series-made = { $made } of { $of } pictures were finished before that and are in the history.
studio-language-unread = { $title } reads { $reads }. Your prompt looks { $language } and is sent as it is: reword it, or choose a model that reads { $language }.
receipt-picture = { $number } of { $of }

## Face swap

studio-consent = A face swap needs the consent of the people in the pictures.
studio-consent-advice = Tick the box that says you have it, or send consent=true; nothing was sent.
studio-source_face-untold = { $title } cannot be told which face to take, and the faces stand too close to be cut apart: it may take another than face { $number }. Crop the picture first.
studio-target_face-untold = { $title } cannot be told which face to change: it chooses one itself, which may be another than face { $number }. Crop the picture to one face to be sure.
swap-source = The face
swap-target = The picture to change
swap-which = { $label }: which one
swap-face = Face { $number }
swap-found = { $count } faces found, on this machine. Choose one.
swap-found-one = One face found, on this machine.
swap-engine = Faces cannot be found here: { $package } is not installed. Both pictures are sent whole, and the model chooses the faces.
swap-consent = The people in these pictures have agreed, or I am the one shown
swap-more = More: pictures, seed, format
swap-licence = Commercial use: { $licence }
swap-leaves = Of the picture with the face, only the area around the face goes to { $who }; the picture to change goes whole.
swap-leaves-whole = Both pictures go to { $who } whole.
swap-missing-source = The picture with the face is missing. Add it.
swap-missing-target = The picture to change is missing. Add it.
faces-none = No face was found in { $name }.
faces-none-advice = Use a picture that shows a face from the front, sharp and not too small; nothing was sent.
faces-number = { $name } has { $count } faces and no face { $number }.
faces-number-one = { $name } has one face and no face { $number }.
faces-number-advice = Faces are numbered from 1, from left to right; nothing was sent.
faces-engine = Faces can be numbered only where { $package } is installed. Install it, or leave the faces' numbers at 1.
faces-cut = cut to the face, { $new } of { $old }
note-swapped-file = A face in this picture was swapped, with Easel.
note-swapped = The file carries a note that a face was swapped.
note-swapped-not = This { $kind } cannot carry a note that a face was swapped: say so yourself where you share it.
studio-cap-unknown = The price of { $model } is unknown, so it cannot be checked against your spending limit of ${ $budget } for this session.
studio-cap-over = This would cost about ${ $price }; ${ $left } of your spending limit of ${ $budget } for this session is left.
studio-price-too_much = { $model } would cost about ${ $price }, more than max_price ${ $most }.
studio-price-unknowable = The price of { $model } is unknown, so it cannot be checked against max_price ${ $most }.
studio-skip-unsure = its price is unknown, and at most ${ $most } is allowed.
studio-skip-dear = it would cost ${ $price }, and at most ${ $most } is allowed.
studio-skip-refused = { $why } Another key is needed.
studio-skip-resting = { $why } It is paused until { $until }.
studio-price-odd = max_price must be an amount in US dollars, 0 or more, not { $value }.
studio-job-none = This session has no job { $id }.
studio-budget-unknown = The price of { $model } is unknown, so it cannot be checked against this app's budget of ${ $budget } per session.
studio-budget-over = This would cost about ${ $price }; ${ $left } of this app's budget of ${ $budget } is left for you.
studio-daily-usd = Of what this app may spend today on its own keys, ${ $left } of ${ $limit } is left; this would cost up to ${ $price }.
studio-daily-usd_own = Of what one network address may spend today on this app's own keys, ${ $left } of ${ $limit } is left for yours; this would cost up to ${ $price }.
studio-daily-calls = Of the calls at no fixed price that this app may make today on its own keys, { $left } of { $most } are left.
studio-daily-calls_own = Of the calls at no fixed price that one network address may have today on this app's own keys, { $left } of { $most } are left for yours.
studio-daily-advice = Nothing was sent. There is more again { $hours }, at midnight UTC; with a key of your own, in Settings or in a header, you can go on now.
studio-daily-hours = in about { $hours } hours
studio-daily-minutes = in { $minutes } minutes
studio-daily-jobs = From one network address this app takes { $most } jobs an hour on its own keys; yours has begun { $done }, and this needs { $number }.
studio-daily-jobs-advice = Nothing was sent. There is room again in { $minutes } minutes; with a key of your own, in Settings or in a header, you can go on now.
studio-daily-jobs-never = Nothing was sent. Ask for fewer pictures at once, or use a key of your own, in Settings or in a header.
studio-daily-unknown = The price of { $model } is unknown, so it cannot be checked against what this app may spend a day on its own keys.
studio-daily-own = Nothing was sent. Use a key of your own, in Settings or in a header, or another model.
studio-find-none = This session has no result { $id }.
studio-find-advice = Look the ids up in the history.
studio-setting-url = { $name } must be an https address (plain http only on this machine), not { $value }.
studio-setting-proxy = { $name } must be the address of an http or https proxy, such as http://proxy.example:3128. Easel does not speak to SOCKS proxies; list what is to be reached without a proxy in NO_PROXY, or leave { $name } unset.
studio-setting-whole = { $name } must be a whole number from { $least } to { $most }, not { $value }.
studio-setting-share = { $name } must be a number from 0 to 1, not { $value }.
studio-setting-login = EASEL_REQUIRE_LOGIN must be the path of a file with a line “name:argon2 hash” for each user, and { $value } is no file. On a Space, set it to 1.
studio-setting-hosts = { $name } must list host names separated by commas, such as easel.example.org, not { $value }.
studio-setting-networks = { $name } must list addresses or networks separated by commas, such as 127.0.0.1 or 10.0.0.0/8, not { $value }.
studio-setting-temp = Easel cannot keep pictures in { $folder } ({ $why }). Let it write there, or name another folder in GRADIO_TEMP_DIR.
studio-setting-dollars = { $name } must be an amount in US dollars such as 0.50, not { $value }.
upload-none = A picture must be a file uploaded to this app: choose it, drop it or paste it; by API, upload it first.
upload-address = Easel fetches no addresses and reads no data URLs in place of a picture: upload the file itself.
upload-unmarked = A picture by API is { "{" }"path": …, "meta": { "{" }"_type": "gradio.FileData"{ "}" }{ "}" }, with the path that the upload answered; in a list from JavaScript, { "{" }"image": blob{ "}" }.
upload-missing = The { $name } is missing. Give one and try again.
upload-session = These files are more than the { $most } MB one session may have. Name fewer of them at once.
upload-request = One upload may have at most { $most } MB. Send fewer files at once.
upload-files = One upload may have at most { $most } files. Send them in several uploads.
upload-large = { $name } is larger than { $most } MB, the most a picture may have. Make it smaller and upload it again.
upload-full = There is no room for more uploads on this app's disk just now. Try again in a few minutes.
upload-address-full = Your network address has uploaded as much as it may. Uploads that nobody uses go after { $minutes } minutes; try again then.
upload-address-busy = Too many uploads from your network address are under way. Wait for them to end, then try again.
upload-busy = Too many uploads are under way. Try again in half a minute.
upload-disk = The upload could not be kept: this app's disk is full, or it may not write there. Tell whoever runs it, and try again later.
upload-slow = The upload came too slowly and was ended. Try again over a better line, or with a smaller file.
upload-cut = The upload was cut short. Send it again.
upload-empty = The upload has no file. Send each as a part named “{ $field }” with a filename.
upload-field = Each part of an upload needs the name “{ $field }”, and a short header.
upload-form = The upload could not be read: it is not valid multipart/form-data.
upload-kind = An upload is multipart/form-data, with each file as a part named “{ $field }”.
upload-nameless = A file came without a name. Give it one, such as cat.png, and upload it again.
upload-foreign = That file is not among your uploads or results. Upload it again, and use the path that is answered.
upload-progress-none = No upload of that id is under way.
file-none = There is no such file, or its session is over.
file-range = Of a file, one part can be asked for at a time, such as bytes=0-99, and it must lie within the file.
upload-many = At most { $most } pictures can be given, not { $count }.
api-task-none = There is no task { $name }. There are: { $names }.
api-format = format must be json, not { $value }.
api-mode = There is no mode { $value }. There are: { $names }.
api-whole = { $name } must be a whole number from 1 to { $most }, not { $value }.
api-faces-engine = Faces can be found only where { $package } is installed.
api-gone = Not here.

## What is refused before it reaches gradio

http-none = There is nothing at this address. Endpoints are at /gradio_api/call/v2/<name>; README.md shows how to call them.
http-method = { $method } does not work here. Use { $allowed }.
http-type = The body must be JSON, sent with the header Content-Type: application/json.
http-length = The header Content-Length is no number. Send the body's length in bytes.
http-large = The request is larger than { $most }. Pictures go through /gradio_api/upload; make everything else shorter.
http-slow = The request did not arrive within { $seconds } s. Send it again.
http-host = This app does not answer to the name { $host }. Use its own address; whoever runs it can add names in EASEL_ALLOWED_HOSTS.
http-origin = Pages of { $origin } may not call this app. Whoever runs it can allow their host in EASEL_ALLOWED_HOSTS.
http-json-broken = The body is not JSON: something is wrong at line { $line }, column { $column }.
http-json-object = The body must be a JSON object, such as { "{" }"prompt": "a fox"{ "}" }.
http-json-utf8 = The body holds text that is not UTF-8. Send it as UTF-8.
http-json-deep = The body is nested too deeply; { $most } levels are the most.
http-json-many = The body has too many values; { $most } are the most.
http-json-digits = A number in the body has too many digits; { $most } are the most.
http-json-constant = { $name } is not a number. Leave the value out or send a plain number.
http-json-twice = A name stands twice in one object of the body. Send each once.
http-session = session_hash must be 1 to { $most } letters, digits, dots, dashes or underscores. Take a random one, or leave it out.
http-session-missing = session_hash is missing. Send a random one of your own.
http-event = There is no call of this id, or its answer was fetched already. POST anew and use the event_id of that answer.
http-field = { $name } must be { $kind }.
http-kind-list = a list of values, in the order of the parameters
http-kind-number = a whole number that this page knows
http-kind-text = a text of at most { $most } characters
http-kind-id = an id of 1 to { $most } letters, digits and dashes
http-kind-flag = left out
http-kind-event = what the page sends with this event
http-endpoint = There is no endpoint { $name }. There are: { $names }.
http-parameter = { $endpoint } has no parameter { $name }. It has: { $names }.
http-parameter-none = { $endpoint } has no parameter { $name }. It takes none.
http-parameter-missing = { $endpoint } needs { $name }. Send it.
http-listener = This page has no such function.
http-values = This function takes { $wanted } values, not { $count }. Reload the page.
http-page = There is no such page.
http-stopped = The app takes no work just now: { $why }
value-long = { $name } has { NUMBER($count, useGrouping: 1) } characters; { NUMBER($most, useGrouping: 1) } are the most. Shorten it.
value-long-all = The texts of this call have { NUMBER($count, useGrouping: 1) } characters together; { NUMBER($most, useGrouping: 1) } are the most. Shorten them.
value-choices = { $name } has { NUMBER($count, useGrouping: 1) } choices between braces; { $most } are the most.
value-list = { $name } has { NUMBER($count, useGrouping: 1) } items; { $most } are the most.
value-text = { $name } must be text, not { $value }.
value-number = { $name } must be a number, not { $value }.
value-between = { $name } must be { $least } to { $most }, not { $value }.
value-flag = { $name } must be true or false, not { $value }.
value-choice = { $name } has no choice { $value }.
value-unreadable = A value of this call is not of the kind its parameter takes. A picture is what the upload answered, a number a number, a text a text.
value-file = { $name } must be a file that was uploaded here.
health-queue = The queue of calls has stopped and is being started again.
health-closing = The app is shutting down.
api-call-none = There is no such call, or its answer has been taken. What was made is in /history of the same session_hash.
api-call-stopped = The call was stopped before it had an answer.
api-call-ended = The app was stopped. Ask again when it is back; /status tells what became of a job that was under way.

## Providers' errors: what happened

error-allowed-between = { $least } to { $most }
error-allowed-least = { $least } or more
error-allowed-most = { $most } or less
error-allowed-any-boolean = true or false
error-allowed-any-integer = a whole number
error-allowed-any-number = a number
error-allowed-any-text = any text
error-allowed-any-choice = one of its choices
error-size-side = { $name } must be { $least } to { $most }, not { $side }
error-size-area = width x height must be { NUMBER($least, useGrouping: 1) } to { NUMBER($most, useGrouping: 1) } pixels, not { NUMBER($area, useGrouping: 1) }
error-size-ratio = the long side may be at most { $times } times the short one
error-no_key = There is no key for { $who }.
error-key_refused = { $who } refused the key{ $said }
error-no_credit = { $who } says that the account cannot pay{ $said }
error-rate_limited = { $who } received too many requests with this key{ $said }
error-unknown_model = { $who } does not have this model{ $said }
error-gateway = { $who } answered { $status }, and may have accepted the job all the same{ $said }
error-down = { $who } is not working at the moment ({ $status }){ $said }
error-moved = { $who } redirected Easel to another address, which it does not follow.
error-not_accepted = { $who } did not accept the request ({ $status }){ $said }
error-input = { $who } cannot take this request{ $said }
error-field = { $who } cannot take this { $field }{ $said }
error-unreachable = { $who } cannot be reached.
error-cut = The connection to { $who } was lost.
error-cut-sent = The connection to { $who } was lost after the request was sent.
error-proxy = { $who } cannot be reached through the proxy that is set{ $said }
error-answer-large = { $who } answered with more than { $most } MB, which Easel does not read.
error-answer-slow = { $who } did not finish its answer within { NUMBER($seconds, maximumFractionDigits: 0) } s.
error-not_json = { $who } answered with something that is not JSON.
error-no_job = { $who } accepted the request but named no job.
error-not_yet = { $who } says that the job is still in progress.
error-job_gone = { $who } no longer has this job.
error-failed = The job failed at { $who }{ $said }
error-canceled = The job was cancelled at { $who }.
error-refused = { $who }'s moderation refused this{ $said }
error-no_picture = { $who } made no picture{ $said }
error-no_text = { $who } answered without a text.
error-cut-text = { $who } stopped in the middle of the text.
error-cut-partial = { $why } The first { NUMBER($letters, useGrouping: 1) } characters were written and are kept; the rest is missing.
error-empty_picture = { $who } answered with an empty picture.
error-unsafe = { $who } made the picture but withholds it as unsafe.
error-unreadable = { $who } answered in a form that Easel cannot read.
error-damaged = The picture arrived damaged.
error-openai-not_allowed = OpenAI does not let this key use the model{ $said }
error-huggingface-not_served = No provider serves this model on Hugging Face at present.
error-huggingface-no_credit = The monthly credits of this Hugging Face account are used up.
error-huggingface-loading = Hugging Face is not ready yet{ $said }
error-no_answer = { $who } did not answer in { NUMBER($seconds, maximumFractionDigits: 0) } s.
error-not_done = { $who } was not finished after { NUMBER($seconds, maximumFractionDigits: 0) } s.
error-upload = The picture could not be uploaded to { $who }: { $why }
error-upload-slow = Uploading the picture to { $who } took longer than { NUMBER($seconds, maximumFractionDigits: 0) } s.
error-upload-storage = { $who }'s storage did not accept the picture.
error-store = The result could not be saved on this machine: { $why }.
error-store-again = Nothing is lost: make room on the disk, then press Check again (by API /check), and the result is fetched without paying twice.
error-store-gone = Make room on the disk before you try again; this result could be fetched only once, and may be charged.
error-store-free = Nothing is charged. Make room on the disk, or let Easel write there, then try again.
error-unexpected-accepted = { $who } has the job, but Easel could not read its answer ({ $name }).
error-unexpected-sent = { $who } was asked, but Easel could not read its answer ({ $name }).
error-unexpected-unsent = Easel could not put this request into the form that { $who } expects ({ $name }).
error-unexpected-unsent-advice = Nothing was sent, so nothing is charged. Change the request, or choose another model.
error-unknown_status = { $who } calls the job “{ $word }”, a status that Easel does not know, and did so { $looks } times.
error-unknown_status-advice = The job goes on there. Press Check again later (by API /check): what is made is fetched without paying twice.
error-stopped = Stopped.
error-job = The job's id in Easel is { $id }.
error-fetch-slow = Fetching the result took too long.
error-fetch-circles = The address of the result redirects in circles.
error-fetch-address = The address of the result is not a valid one.
error-fetch-scheme = The address of the result is not https.
error-fetch-private = The address of the result points inside a network.
error-fetch-status = The host of the result answered { $status }.
error-fetch-large = The result is larger than { $most } MB.
error-fetch-cut = The connection to the host of the result was lost.
error-fetch-stalled = The result came too slowly.
error-fetch-proxy = The proxy that is set cannot reach the host of the result{ $said }
error-fetch-form = The result came in a form that Easel does not read.

## Jobs that were under way when the app was restarted

journal-restarted = Easel was restarted while { $who } had this job.
journal-restarted-unnamed = Easel was restarted while this was being sent to { $who }, which had not named a job yet: nobody here knows whether it accepted it.
journal-left = { $who } had this job when the session that asked for it ended.
journal-left-unnamed = This was sent to { $who }, which never named a job, and the session that asked for it has ended.
journal-advice = It may be charged. Press Check again (by API /check with the job's id): what is there is fetched without paying twice.
note-restarted = Fetched after Easel had been restarted, or the session that asked for it had ended: the prompt is no longer known.

## Providers' errors: what to do now, by kind

error-room = Only { $free } MB are left on this disk. Easel starts a job only with at least { $needed } MB free.
error-room-closed = This disk cannot be written to: { $why }.
error-storage = Easel cannot write to { $folder }: { $why }
error-advice-storage_failed = Nothing was sent, so nothing is charged. Make room on that disk, or let Easel write there, then try again.
error-advice-studio_error = Try again.
error-advice-invalid_input = Change it and try again; nothing was created.
error-advice-missing_key = Set one in Settings, or choose another model; nothing was sent.
error-advice-key_refused = Check the key in Settings, or set a new one; nothing was created.
error-advice-no_credit = Add credit at the provider, or choose another model; nothing was created.
error-advice-over_budget = Use a key of your own in Settings, or choose a cheaper model; nothing was sent.
error-advice-rate_limited = Wait a little and try again; nothing was created.
error-advice-rate_limited-wait = Try again in { $seconds } s; nothing was created.
error-advice-refused = Reword the prompt; Easel does not send a refused prompt anywhere else.
error-advice-not_available = Choose another model, or try again later.
error-advice-provider_failed = Try again, or choose another model; the provider may charge for a failed job.
error-advice-timed_out = Look for the job at the provider by its id before you pay for another.
error-advice-result_lost = Look for it on the provider's own page, by the job's id, before you pay for another.
error-advice-unknown_outcome = It may have been charged: look at the provider's own page before you try again.
error-advice-cancelled = Nothing more is asked of the provider.
error-advice-accepted = The job exists at the provider and may be charged: look for it there by its id before you pay for another.
error-fal-failed-advice = fal does not charge for failures of its own; try again.
error-fal-late-advice = Change it and try again; fal may charge for the time the job ran.
error-wavespeed-failed-advice = WaveSpeed refunds failed jobs within 3 hours.
error-no_search = { $who } cannot be searched for a job without an id.

## Providers' notes beside a result

note-charge-odd = { $who } says that this cost { $told }, which cannot be right; the real cost is unknown.
note-charge-odd-counted = { $who } says that this cost { $told }, which cannot be right; ${ $price } is counted.
charge-none = no amount
note-adopted = The connection to { $who } was lost after the request; the job was found there and followed.
note-sketch = This is a sketch by a local placeholder, not AI.
note-model_adds = The model adds: { $words }
note-unsafe = { $who } withholds { $count } of { $total } pictures as unsafe.
note-served_by = Served by { $server }.
note-dropped = { $server } does not take { $name }; it was left out.
note-smaller = The result is smaller than asked for: { $made } instead of { $wanted }.
note-results-more = { $who } named { $given } pictures where { $count } were expected; the others were not fetched.
note-result-black = The picture is all black: some models answer so when a filter strikes.
note-result-tiny = The picture has no more than { $width }×{ $height } pixels, which can hardly be what was asked for.
note-shape = The result has another shape than asked for: { $made } instead of { $wanted }.
note-text-cut = { $who } stopped at the most it was allowed to write: the end is missing.
note-lost = One picture of { $total } was lost: { $why }
note-stop-not = { $who } cannot be told to stop: Easel has stopped waiting; the job may still finish there and be charged.
note-stop-unsure = { $who } was asked to stop and has not confirmed it: the job may still finish there and be charged.
note-stop-hung_up = Easel has closed the connection to { $who }; what was written until then may be charged.
note-stop-failed = { $who } did not confirm the stop: { $why } The job may still finish there and be charged.
note-stop-never = The job was never begun: { $why } Nothing was created.
note-cancel-taken = { $who } accepted the cancellation.
note-cancel-late = { $who } had already finished the job; it is charged as usual.
note-cancel-gone = { $who } no longer has this job.
note-cancel-replicate = Replicate calls the job '{ $status }' now; the time it ran may be charged.
note-stop-here = It was stopped on this machine; nothing is kept of it.

## Our own engines

local-missing = { $package } is not installed on this machine: install it with pip.
local-memory = This machine has too little memory for that picture.
local-failed-advice = Nothing was charged.
local-untouched = Nothing was done and nothing is charged.
local-edit-unknown = Easel's own editor does not understand { $words }.
local-edit-nothing = Easel's own editor finds nothing to do in that instruction.
local-edit-can = Nothing was done. Without AI it does simple things only, such as: { $abilities }.
local-compose-kind = Easel's own composer does not translate or repair; it only writes anew.
local-compose-language = Easel's own composer writes in { $languages }, not in '{ $language }'.
local-faces-none = No face was found in { $name }. Use a picture in which one looks towards the camera and is not too small.
local-faces-few = { $name } has { $count } faces, counted from the left; there is no number { $number } for { $field }.
local-faces-first = { $name } has { $count } faces; the first from the left was taken. { $field } names another.
local-retouch-several = All { $count } faces found were retouched.
local-swap-source_small = The face to take has too few pixels. Use a larger picture of it.
local-swap-target_small = The face to change has too few pixels. Use a larger picture.
local-swap-pose_apart = The two heads face directions too different to swap without a model. Use pictures in which they face the same way.
local-swap-pose_differs = The two heads face different directions; look at the result closely.
local-swap-source_soft = The face taken has far fewer pixels than its new place, so it looks soft.
local-upscale-made = Made by { $engine } on this machine.
local-upscale-white = JPEG has no transparency: it was filled with white.
local-upscale-long = The picture would be { NUMBER($side, useGrouping: 1) } pixels long; { $kind } holds { NUMBER($most, useGrouping: 1) }. Ask for png.

## The tabs that start from one picture

tab-upscale = Upscale
tab-retouch = Retouch
picture-missing = There is no picture yet. Choose one, drop it or paste it.
picture-first = Choose a picture: its new size and the price are shown here before anything is sent.
picture-more = More settings
create-yes = Yes
create-no = No
result-gone = That picture is no longer here.
upscale-picture = Picture to enlarge
upscale-scale = { param-scale }
retouch-picture = Portrait
retouch-mode = { param-mode }
retouch-mode-hint = On this machine everything else stays the same, pixel for pixel; other models are only asked to leave it alone.
retouch-soft = Soft
retouch-soft-does = Evens the skin; spots and redness fade. Eyes, brows, lips, hair and background stay.
retouch-enhance = Enhance
retouch-enhance-does = Makes eyes, brows and skin a little clearer. Lips, hair, background and the person stay.
retouch-strength = { param-strength }
retouch-wish = Anything else? (optional)
retouch-wish-hint = Leave the freckles, brighten the eyes a little…
retouch-wish-read = Only models that take a prompt can follow it; it is added to Easel's own prompt.
retouch-wish-unread = { $model } takes no prompt; this is not sent.
retouch-wish-nobody = No available model takes a prompt here; this is not sent.

## Retouching

retouch-no_face = No face was found in { $name }, so there is nothing to retouch.
retouch-no_face-advice = Use a picture that shows a face from the front, sharp and not too small; nothing was sent and nothing is charged.

## Upscaling on this machine

upscale-too_large = The picture has { $width } x { $height } pixels, and at most { $most } megapixels can be upscaled here. Make it smaller first.
upscale-mode = Pictures in mode '{ $mode }' cannot be upscaled here. Save it as RGB first.
upscale-failed = { $network } failed on this picture, most likely for want of memory. Try again later, or with a smaller picture.

## Easel's own editor: what it can do, with an example of the user's language

edit-can = { $what }: “{ $example }”
edit-can-background = Remove the background behind a person
edit-can-focus = Blur the background behind a person
edit-can-grey = Black and white, sepia, negative
edit-can-warmth = Warmer or cooler
edit-can-light = Brighter or darker, more or less contrast
edit-can-colour = Stronger or weaker colours
edit-can-sharpness = Sharper or softer
edit-can-crop = Crop to a shape
edit-can-turn = Rotate by any angle
edit-can-mirror = Mirror
edit-can-size = Resize
edit-can-frame = A frame, rounded corners
edit-can-join = Join 2 to 9 pictures in a row, a column or a grid
edit-can-overlay = Lay one picture over another

## Easel's own editor: what keeps an edit from being done

edit-no_picture = There is no picture to edit. Add one and try again.
edit-no_person = Easel found no person in the picture, so it cannot tell the background. Use a picture of a person, or a model.
edit-too_large = The picture would be { $width } × { $height } pixels; Easel edits up to { $most } megapixels. Ask for a smaller one.
edit-several = { $count } pictures were given, and nothing says how to join them. Say so, for example “side by side”, or give one picture.
edit-join-count = Joining takes { $fewest } to { $most } pictures, and { $count } were given. Add or remove some.
edit-grid-small = A grid of { $columns } by { $rows } has no room for { $count } pictures. Ask for a larger one.
edit-overlay-two = Laying one picture over another takes two, and { $count } were given. Add or remove some.
edit-note-filled = Filled { $width } × { $height } pixels; what stuck out was cut off.
edit-note-longest = The longest side is now { $side } pixels.
edit-note-slanted = The corners left open by the rotation are transparent.
edit-note-person = The person was found by a small model; check the edges.

## What an edit changed

compare-shape = The pictures have different shapes, { $before } and { $after }, so they cannot be compared. Ask the model for the shape of the original.

## Captions: what a style may hold

caption-style-object = { $field } is a set of named values.
caption-style-unknown = { $field } is not a control of a caption; those here are { $known }.
caption-style-wrong = { $field } cannot be { $value }; it takes { $wanted }.
caption-style-number = a number from { $low } to { $high }
caption-style-whole = a whole number
caption-style-choice = one of { $choices }
caption-style-truth = true or false
caption-style-colour = auto, an English colour name, #rgb or #rrggbb
caption-style-colours = a list of at most { $most } colours
caption-style-offset = pixels or a share of the picture, such as 12px or -3%
caption-style-size = one of { $names }, or pixels from 1 to 4000, such as 48px, or a share of the picture's height, such as 6%

## Captions: what cannot be done, and notes beside what was

caption-blank = The caption has no letters to draw.
caption-long = A caption takes up to { $limit } characters; this one has { $count }.
caption-full = The caption does not fit: it would be smaller than can be read on a picture of { $width }×{ $height } pixels.
caption-full-advice = Shorten the text, reduce the padding of the box, or use a larger picture.
caption-cjk = Chinese, Japanese and Korean letters need a font that is not installed.
caption-cjk-advice = Install it with: pip install manimgx-fonts-cjk
note-caption-smaller = At { $wanted } px the text does not fit; it is drawn at { $px } px.
note-caption-broken = A word is longer than the line and was broken.
note-caption-contrast = The text may be hard to read: its contrast is { $ratio } to 1, and 4.5 is good. Add a box behind it or use another colour.
note-caption-missing = None of the included fonts has { $letters }; boxes are drawn instead.
note-caption-repaired = Broken characters were replaced by a question mark.
note-caption-controls = Invisible control characters were left out.
note-caption-marks = Marks stacked on one letter were limited to { $limit }.
note-caption-mode = A picture in mode { $mode } was drawn on in { $drawn }.
note-caption-slanted = The font has no italics of its own, so its letters are slanted.
note-caption-upright = Some letters stand upright: their script has no italics.
note-caption-joined = Letters that are joined, as in Arabic or Hindi, keep their own spacing.

## Wishes about a caption

wishes-mended = Read “{ $typed }” as “{ $read }”.
wishes-twice = “{ $first }”, then “{ $second }”: the later one counts.
wishes-long = Only the first { $count } characters were read.
wishes-answer-long = The answer has { $count } characters, too many for a style, which has at most { $most }. Nothing was changed.
wishes-answer-json = The answer is not a style, written as one JSON object. Nothing was changed; ask again, or say the wish in other words.
wishes-answer-wrong = The answer does not fit a caption. { $why } Nothing was changed.
wishes-answer-empty = The answer says nothing about how a caption looks. Nothing was changed.
wishes-answer-left_out = Left out of the answer, because no style has it: { $names }.
wishes-unknown = Not understood: { $words }.
wishes-unknown-many = Not understood: { $words }, and { $more } more.

## Several captions on one picture

caption-several = captions is a list of 1 to { $most } styles, and stands alone.
caption-several-row = Caption { $number } is a style with a short name in role.
note-caption-lineless = The text has no line left for: { $roles }.
text-style-json = The style is not JSON.

## Text on a picture

text-pictures = Pictures: one, or up to 20 with the same text
text-text = Text
text-text-hint = Any language, several lines, emoji
text-wish = { param-wishes }
text-wish-hint = Large white text in the centre on a half-transparent black box
text-wish-info = English, Russian or Ukrainian. It sets the controls below.
text-set = Apply
text-understood = Understood: { $what }.
text-ask = Ask { $title }
text-asking = Asking { $title } what this means…
text-asked = { $title } has answered ({ $price }). Nothing is drawn until you press the button.
text-nothing = Nothing in this describes how a caption should look.
text-presets = Or start from a preset
text-preset-meme = Meme
text-preset-subtitle = Subtitle
text-preset-headline = Headline
text-preset-lower_third = Lower third
text-preset-sticker = Sticker
text-preset-watermark = Watermark
text-preset-quote = Quote
text-preset-price_tag = Price tag
text-preset-neon = Neon
text-captions = Captions
text-captions-hint = Each takes one line of the text, in this order; the last takes the rest. The controls show the selected one; a description that names none applies to all.
text-caption-only = Caption
text-alone = Use only this caption, for the whole text
text-size = Size
text-size-hint = or 48px, or 6%
text-colour = Colour
text-colour-hint = or #rrggbb
text-choice-auto = Automatic
text-position = Position, or click on the preview
text-at-top_left = Top left
text-at-top = Top
text-at-top_right = Top right
text-at-left = Left
text-at-center = Centre
text-at-right = Right
text-at-bottom_left = Bottom left
text-at-bottom = Bottom
text-at-bottom_right = Bottom right
text-plate = Box behind the text
text-outline = Outline
text-shadow = Shadow
text-glow = Glow
text-strength = Strength
text-opacity = Opacity
text-padding = Padding
text-radius = Corners
text-blur = Blur
text-width = Width
text-x = Shift right
text-y = Shift down
text-more = More: font, weight, capitals, lines, angle, shift
text-font = Font
text-align = Alignment
text-weight = Weight
text-upper = All capitals
text-italic = Italic
text-fit = Letters as large as
text-fit-size = The size says
text-fit-width = Fill the width
text-letter_spacing = Letter spacing
text-line_colours = Colours of the lines, from the first
text-line_colours-hint = white, yellow
text-line_spacing = Line spacing
text-max_width = Maximum width
text-rotation = Rotation, clockwise
text-dx = Shift right
text-dy = Shift down
text-number = { $field } needs a number.
text-output = Output: format, one result per line, style as a file
text-per_line = One result per line
text-per_line-hint = From one picture: each line of the text on its own copy.
text-format = Format
text-format-same = Same as the picture
text-save = Save the style
text-load = Load a style
text-preview = Preview
text-write = Type a text, and it appears here.
text-contrast-good = Contrast { $ratio } to 1: easy to read.
text-contrast-poor = Contrast { $ratio } to 1: hard to read; 4.5 is good.
text-plate-add = Put a box behind it
text-local = Drawn on this machine: nothing leaves it. The size stays the same; JPEG, PNG and WebP keep their format, others become PNG.
text-together = Download all as one ZIP
text-written = { $count } of { $all } finished. They are below, and in History.
text-left_out = Left out: { $why }
text-empty = There is no text yet. Type one.
text-picture-none = There is no picture to put text on.
text-pictures-many = At most { $most } pictures can be done at once; there are { $count }.
text-lines-many = At most { $most } lines can become results at once; there are { $count }.
text-per_line-one = One result per line works with one picture only.
text-style-large = A style may have at most { $most } kB.

## Translating a prompt before it is sent

translate-first = Translate first
translate-ahead = { $title } reads { $reads }. Your prompt is translated first by { $by }, { $price }, so it goes there, too.
translate-by = { $title } reads { $reads }. Translated by { $by }.
translate-off = { $title } reads { $reads }. Your prompt is sent as it is.
translate-see = Translate now · { $price }
translate-running = Translating…
translate-price = at most { $price }
translate-said = Will be sent as
translate-said-hint = Edit it as you like: it is sent exactly as shown here.
translate-label = With the translation, the button would say: { $label }.
translation-done = { $title } reads { $reads }: your prompt is sent in { $to }, translated from { $language } by { $by }.
translation-edited = { $title } reads { $reads }: your prompt is sent in { $to }, translated from { $language } by { $by } and edited by you.
translation-none = No model could translate it: { $why }
translation-failed = The prompt could not be translated, so no picture was started. { $why }
translation-failed-advice = { $now } Or send it as it is: untick “Translate first”, or write translate=no behind a bar after the prompt.
translation-lost = { $who } translated the prompt but lost { $parts }.
translation-lost-advice = Send the prompt as it is, or try another model; the translation may be charged.

## Write: an idea on the left

write-idea = Your idea
write-idea-hint = A fox in the snow holding a sign “Rosa”
write-picture-fold = Start from a picture
write-picture = Picture
write-picture-hint = The prompt describes it; with an idea, it builds on it.
write-style = Style
write-style-own = As in the idea
write-length = Length
write-length-short =
    Short
    { $least } characters
write-length-usual =
    Medium
    { $least } characters
write-length-long =
    Long
    { $least } characters
write-target = For which model
write-target-any = Any model
write-language = Language
write-language-own = Same as the idea
write-composer = This is Easel's own composer, not AI: it keeps your idea as the first sentence and adds sentences from templates. Set a key in Settings to ask a language model.

## Write: the text on the right

write-text = Prompt
write-use-create = Use in Create
write-use-edit = Use in Edit
write-use-none = There is no text to use.
write-copy = Copy
write-copied = Copied.
write-mine = Show my idea
write-theirs = Show the written prompt
write-characters = { NUMBER($count, useGrouping: 1) } characters
write-difference = Compared with your idea
write-difference-added = added
write-difference-removed = removed
write-protected = Must stay as you wrote it
write-kept = kept
write-lost = missing: put it back before you use it
write-contradictions = Contradictions found by Easel's own check
write-repair = Fix the contradictions
write-repair-none = The text no longer contradicts itself.
write-repair-self = No language model is available to fix this. Take one of the two words out of your idea or of the prompt above; the check runs again when you leave the box.
history-texts = Written prompts

## What is asked of whoever writes a prompt

writing-target = There is no model { $name } that makes or changes pictures.
writing-language = Easel does not know the language { $name }. Use one of these codes: { $codes }.
writing-style = There is no style { $name }. There are: { $names }.
writing-length = length must be { $least } to { $most } characters, not { $value }.

## What a language model wrote, held against what was asked

written-lost = “{ $part }” is not in the text as you wrote it. Put it back before you use it.
written-language = The text seems to be in '{ $spoken }', not in '{ $wanted }'. Read it before you use it.
written-short = The text has { NUMBER($length, useGrouping: 1) } characters; { NUMBER($least, useGrouping: 1) } were asked for.
written-long = The text has { NUMBER($length, useGrouping: 1) } characters; { $title } takes { NUMBER($most, useGrouping: 1) } at most.

## What a prompt says that cannot be in one picture

contradiction-why = “{ $first }” and “{ $second }” exclude each other: a picture has one { $matter }. Keep one of the two.

## The composer of prompts

compose-note = Composed from templates, not by a language model.
compose-empty = There is no idea to write a prompt from. Say in a few words what to show.
compose-style = There is no style “{ $style }”. Choose one of: { $styles }.

## Errors of the screen itself

error-unexpected = Something went wrong inside Easel. Nothing was changed; try again.
