/**
 * What each builtin takes and gives: `[T,…,...T]` is an array, `<T>` a set, `{name:T,...K:V}` an object, `(A|B)` a
 * union. Builtins that reach outside of the policy are left out: calling one is an error of compilation.
 */
export const signatures = `
abs number -> number
deprecated all ([...any]|<any>) -> boolean
and <any> <any> -> <any>
deprecated any ([...any]|<any>) -> boolean
array.concat [...any] [...any] -> [...any]
array.flatten [...any] -> [...any]
array.reverse [...any] -> [...any]
array.slice [...any] number number -> [...any]
assign any any -> boolean
base64.decode string -> string
base64.encode string -> string
base64.is_valid string -> boolean
base64url.decode string -> string
base64url.encode string -> string
base64url.encode_no_pad string -> string
bits.and number number -> number
bits.lsh number number -> number
bits.negate number -> number
bits.or number number -> number
bits.rsh number number -> number
bits.xor number number -> number
deprecated cast_array any -> [...any]
deprecated cast_boolean any -> boolean
deprecated cast_null any -> null
deprecated cast_object any -> {...any:any}
deprecated cast_set any -> <any>
deprecated cast_string any -> string
ceil number -> number
concat string ([...string]|<string>) -> string
contains string string -> boolean
count (string|[...any]|{...any:any}|<any>) -> number
crypto.hmac.equal string string -> boolean
crypto.hmac.md5 string string -> string
crypto.hmac.sha1 string string -> string
crypto.hmac.sha256 string string -> string
crypto.hmac.sha512 string string -> string
crypto.md5 string -> string
crypto.parse_private_keys string -> [...{...string:any}]
crypto.sha1 string -> string
crypto.sha256 string -> string
crypto.x509.parse_and_verify_certificates string -> [boolean,[...{...string:any}]]
crypto.x509.parse_and_verify_certificates_with_options string {...string:any} -> [boolean,[...{...string:any}]]
crypto.x509.parse_certificate_request string -> {...string:any}
crypto.x509.parse_certificates string -> [...{...string:any}]
crypto.x509.parse_keypair string string -> {...string:any}
crypto.x509.parse_rsa_private_key string -> {...string:any}
div number number -> number
endswith string string -> boolean
eq any any -> boolean
equal any any -> boolean
floor number -> number
format_int number number -> string
glob.match string (null|[...string]) string -> boolean
glob.quote_meta string -> string
graph.reachable {...any:([...any]|<any>)} ([...any]|<any>) -> <any>
graph.reachable_paths {...any:([...any]|<any>)} ([...any]|<any>) -> <[...any]>
graphql.is_valid (string|{...any:any}) (string|{...any:any}) -> boolean
graphql.parse (string|{...any:any}) (string|{...any:any}) -> [{...any:any},{...any:any}]
graphql.parse_and_verify (string|{...any:any}) (string|{...any:any}) -> [boolean,{...any:any},{...any:any}]
graphql.parse_query string -> {...any:any}
graphql.parse_schema string -> {...any:any}
graphql.schema_is_valid (string|{...any:any}) -> boolean
gt any any -> boolean
gte any any -> boolean
hex.decode string -> string
hex.encode string -> string
indexof string string -> number
indexof_n string string -> [...number]
internal.member_2 any any -> boolean
internal.member_3 any any any -> boolean
internal.template_string [...any] -> string
intersection <<any>> -> <any>
io.jwt.decode string -> [{...any:any},{...any:any},string]
io.jwt.decode_verify string {...string:any} -> [boolean,{...any:any},{...any:any}]
io.jwt.encode_sign {...string:any} {...string:any} {...string:any} -> string
io.jwt.encode_sign_raw string string string -> string
io.jwt.verify_eddsa string string -> boolean
io.jwt.verify_es256 string string -> boolean
io.jwt.verify_es384 string string -> boolean
io.jwt.verify_es512 string string -> boolean
io.jwt.verify_hs256 string string -> boolean
io.jwt.verify_hs384 string string -> boolean
io.jwt.verify_hs512 string string -> boolean
io.jwt.verify_ps256 string string -> boolean
io.jwt.verify_ps384 string string -> boolean
io.jwt.verify_ps512 string string -> boolean
io.jwt.verify_rs256 string string -> boolean
io.jwt.verify_rs384 string string -> boolean
io.jwt.verify_rs512 string string -> boolean
is_array any -> boolean
is_boolean any -> boolean
is_null any -> boolean
is_number any -> boolean
is_object any -> boolean
is_set any -> boolean
is_string any -> boolean
json.filter {...any:any} ([...(string|[...any])]|<(string|[...any])>) -> {...any:any}
json.is_valid string -> boolean
json.marshal any -> string
json.marshal_with_options any {indent:string,prefix:string,pretty:boolean,...string:any} -> string
json.match_schema (string|{...any:any}) (string|{...any:any}) -> [boolean,[...{desc:string,error:string,field:string,type:string}]]
json.patch any [...{op:string,path:any,...any:any}] -> any
json.remove {...any:any} ([...(string|[...any])]|<(string|[...any])>) -> {...any:any}
json.unmarshal string -> any
json.verify_schema (string|{...any:any}) -> [boolean,(null|string)]
lower string -> string
lt any any -> boolean
lte any any -> boolean
max ([...any]|<any>) -> any
min ([...any]|<any>) -> any
minus (number|<any>) (number|<any>) -> (number|<any>)
mul number number -> number
neq any any -> boolean
net.cidr_contains string string -> boolean
net.cidr_contains_matches (string|[...(string|[...any])]|{...string:(string|[...any])}|<(string|[...any])>) (string|[...(string|[...any])]|{...string:(string|[...any])}|<(string|[...any])>) -> <[any,any]>
net.cidr_expand string -> <string>
net.cidr_intersects string string -> boolean
net.cidr_is_valid string -> boolean
net.cidr_merge ([...(string)]|<string>) -> <string>
deprecated net.cidr_overlap string string -> boolean
numbers.range number number -> [...number]
numbers.range_step number number number -> [...number]
object.filter {...any:any} ([...any]|{...any:any}|<any>) -> {...any:any}
object.get {...any:any} any any -> any
object.keys {...any:any} -> <any>
object.remove {...any:any} ([...any]|{...any:any}|<any>) -> {...any:any}
object.subset ([...any]|{...any:any}|<any>) ([...any]|{...any:any}|<any>) -> boolean
object.union {...any:any} {...any:any} -> {...any:any}
object.union_n [...{...any:any}] -> {...any:any}
or <any> <any> -> <any>
plus number number -> number
product ([...number]|<number>) -> number
providers.aws.sign_req {...string:any} {...string:any} number -> {...any:any}
rand.intn string number -> number
deprecated re_match string string -> boolean
regex.find_all_string_submatch_n string string number -> [...[...string]]
regex.find_n string string number -> [...string]
regex.globs_match string string -> boolean
regex.is_valid string -> boolean
regex.match string string -> boolean
regex.replace string string string -> string
regex.split string string -> [...string]
regex.template_match string string string string -> boolean
rego.metadata.chain -> [...any]
rego.metadata.rule -> any
rego.parse_module string string -> {...string:any}
rem number number -> number
replace string string string -> string
round number -> number
semver.compare string string -> number
semver.is_valid any -> boolean
deprecated set_diff <any> <any> -> <any>
sort ([...any]|<any>) -> [...any]
split string string -> [...string]
sprintf string [...any] -> string
startswith string string -> boolean
strings.any_prefix_match (string|[...string]|<string>) (string|[...string]|<string>) -> boolean
strings.any_suffix_match (string|[...string]|<string>) (string|[...string]|<string>) -> boolean
strings.count string string -> number
strings.render_template string {...string:any} -> string
strings.replace_n {...string:string} string -> string
strings.reverse string -> string
strings.split_n string string number -> [...string]
substring string number number -> string
sum ([...number]|<number>) -> number
time.add_date number number number number -> number
time.clock (number|[number,string]) -> [number,number,number]
time.date (number|[number,string]) -> [number,number,number]
time.diff (number|[number,string]) (number|[number,string]) -> [number,number,number,number,number,number]
time.format (number|[number,string]|[number,string,string]) -> string
time.now_ns -> number
time.parse_duration_ns string -> number
time.parse_ns string string -> number
time.parse_rfc3339_ns string -> number
time.weekday (number|[number,string]) -> string
to_number (null|boolean|number|string) -> number
trace string -> boolean
trim string string -> string
trim_left string string -> string
trim_prefix string string -> string
trim_right string string -> string
trim_space string -> string
trim_suffix string string -> string
type_name any -> string
union <<any>> -> <any>
units.parse string -> number
units.parse_bytes string -> number
upper string -> string
uri.is_valid string -> boolean
uri.parse string -> {...string:string}
urlquery.decode string -> string
urlquery.decode_object string -> {...string:[...string]}
urlquery.encode string -> string
urlquery.encode_object {...string:(string|[...string]|<string>)} -> string
uuid.parse string -> {...string:any}
uuid.rfc4122 string -> string
relation walk any -> [[...any],any]
yaml.is_valid string -> boolean
yaml.marshal any -> string
yaml.unmarshal string -> any
`
