-- Queries that have to give the rows that Spark gives for the same text. Separated by blank lines.
select 1 as a, 'x' as b, 2.50 as c, null as d, true as e, 1e3 as f, 10L as g

select * from t

select id, a + 1, a - b, a * 2, a / 2, a % 2, -a, a div 2 from t where a is not null and b <> 0

select id from t where a > 1 and (s = 'x' or s is null) and not (b < 0)

select id, case when a > 1 then 'big' when a = 1 then 'one' else 'small' end, if(a > 1, 1, 0), coalesce(a, b, 0), nullif(a, 1) from t

select id from t where a in (1, 2, 3) and s not in ('q', 'w') and b between -5 and 5

select id from t where s like '%x%' or s rlike '^y' or s not like 'z_'

select id, cast(a as string), cast(s as string), cast(a as double), cast(d as date), cast(m as decimal(12,4)), try_cast(s as int) from t

select upper(s), length(s), substring(s, 1, 2), concat(s, '-', s), s || 'q', trim(s), trim(both 'x' from s), ltrim(s), replace(s, 'x', 'y') from t

select year(d), month(d), dayofweek(d), date_add(d, 3), d + interval '1' day, d - interval 2 months, datediff(d, date'2001-01-01'), extract(month from d), date_trunc('month', ts), ts + interval '2' hour from t

select ts, hour(ts), ts > timestamp'2001-06-01 00:00:00', cast(ts as date), unix_timestamp(ts), to_timestamp('2001/02/03', 'yyyy/MM/dd') from t

select m, m * 2, m + 1, m * m, m / 3, round(m, 1), 0.1 + 0.2, m + 0.9 from t

select s, count(*), count(a), count(distinct a), sum(a), avg(a), min(b), max(m), sum(m), avg(m) from t group by s

select count(*), sum(a), avg(b), stddev(a), percentile(a, 0.5), percentile_approx(b, 0.5), collect_set(a = 1), any_value(1), first(2) from t

select count(*) from t where a > 100

select s, sum(a) filter (where b > 0), count(*) filter (where a is null) from t group by s having count(*) > 1

select s, a, grouping(s), grouping_id(s, a), count(*) from t group by rollup(s, a)

select s, a, count(*) from t group by cube(s, a)

select s, a, sum(b), grouping(a) from t group by grouping sets ((s), (a), ())

select distinct s, a from t

select s as k, count(*) as n from t group by s order by n desc, k limit 2

select id from t order by a desc nulls last, id limit 3 offset 1

select id, a from t order by a, id

select x.id, y.id, y.w from t x join u y on x.id = y.id

select x.id, y.w from t x left join u y on x.id = y.id and y.w > 10

select x.id, y.w from t x right join u y on x.id = y.id where coalesce(x.a, 0) < 100

select x.id, y.id from t x full join u y on x.id = y.id

select x.id from t x left semi join u y on x.id = y.id

select x.id from t x left anti join u y on x.id = y.id

select x.id, y.id from t x cross join u y where x.id < y.id

select * from t x join u y using (id)

select id from t where id in (select id from u where w > 10)

select id from t where id not in (select id from u where w > 10)

select id from t x where exists (select 1 from u y where y.id = x.id and y.w > 10)

select id from t x where not exists (select 1 from u y where y.id = x.id)

select id, (select max(w) from u) as top from t

select id, (select sum(w) from u y where y.id = x.id) as own from t x

select id from t x where b > (select avg(w) - 20 from u y where y.id = x.id)

select id, a, row_number() over (partition by s order by id), rank() over (order by a), sum(b) over (partition by s order by id rows between 1 preceding and current row), lag(id) over (order by id), avg(a) over (partition by s), sum(a) over (order by id), ntile(2) over (order by id) from t

select id, first_value(a) over (partition by s order by id), last_value(b) over (partition by s order by id rows between unbounded preceding and unbounded following), max(d) over (order by d range between interval '30' day preceding and current row) from t

select id from t union all select id from u

select id, s from t union select id, 'x' from u

select id from t intersect select id from u

select id from t except select id from u

select id from t except all select id from u

with q as (select s, sum(a) as n from t group by s), r as (select * from q where n > 1) select * from q left join r on q.s = r.s

select * from (values (1, 'a'), (2, null), (3, 'c')) as v(n, l)

select array(1, 2, 3)[1], map('a', 1)['a'], named_struct('x', 1, 'y', 'z').x, size(array(1, 2)), struct(1 as p, 2 as q).q

select arr[0], arr, mp['k'], st.x, st from c

select id, explode(arr) as e from c

select id, e from c lateral view explode(arr) x as e

select transform(arr, x -> x + 1), filter(arr, x -> x > 1) from c

select a <=> b, a = b, s is distinct from 'x', isnull(a), a is null from t

select greatest(a, b), least(a, b), abs(b), ceil(m), floor(m), sqrt(9), power(2, 3), mod(7, 3), pmod(-7, 3), sign(b) from t

select id, a from t where a in (1, null)

select id, id in (select id from u) as member from t

select s, b, sum(a) from t group by 1, 2 order by 1, 2

select s, a + 1 as a1, a1 * 2 as a2 from t

select id from t tablesample (100 percent)

select current_date() = current_date(), rand(1) < 2

select hex(x'0102'), x'0a', date'2001-02-03', timestamp'2001-02-03 04:05:06', interval '1-2' year to month, interval '1 02:03:04' day to second

select count(*) as n from t x join t y on x.s = y.s join t z on z.s = y.s

select x.s, sum(x.n) from (select s, count(*) as n from t group by s union all select 'q', 2) x group by x.s

select sum(cast(a as decimal(10,2))), avg(cast(a as decimal(10,2))), sum(m) / count(*), sum(m) over () from t group by m

select b, count(distinct s, a), sum(distinct a) from t group by b

select id, string(a), int(m), date('2001-01-01') from t

select max_by(id, b), min_by(s, b), mode(s), approx_count_distinct(s) from t

select listagg(s, ',') within group (order by s) from t

select percentile_cont(0.5) within group (order by b) from t

select id, dense_rank() over w, percent_rank() over w, cume_dist() over w from t window w as (order by b)

select id from t where (a, b) in (select a, b from t where id < 3)

select * from t x, lateral (select max(w) as top from u y where y.id <= x.id) z

select s, count(*) from t where a > 0 or b > 0 or m > 1 or s = 'a' or s = 'b' or s = 'x' group by all

select t.*, u.w from t join u on t.id = u.id and t.a = 1 and u.w > 0

select id, a from t where a = 1 and 1 = 1 or false


select id from t union all select m from t

select id, '7' as n from t union select cast(1 as tinyint), 2 from u

select '' as xx, * from t left join u using (id) where w > 1

select case when a = 1 then '7' when a = 2 then m else null end from t

select id, sum(b), grouping(id) from t group by grouping sets ((id), (id), ())

select id, a, count(*) from t group by rollup(id, a), rollup(id)

select * from t left semi join u

select * from t left anti join u using (id)

select id, b from t order by 1 limit 1 + 1

select id, b from t order by all

select * from t order by all

select explode(arr), posexplode(arr) from c

select percentile(b, array(0.25, 0.75)) from t

select id, lag(b) ignore nulls over (order by id) from t

select aggregate(array(1, 2), (0 as sum, 0 as n), (acc, x) -> (acc.sum + x, acc.n + 1), acc -> acc.sum / acc.n)

select from_csv('26/08/2015', 'time timestamp', map('timestampFormat', 'dd/MM/yyyy'))

select contains(s, 'X' collate utf8_lcase), s = 'X' collate utf8_lcase from t

select timestampdiff(MONTH, timestamp'2020-01-01', timestamp'2021-01-01'), date_add(DAY, 3, d) from t

select parse_json('{"a":{"b":1}}'):a.b::int

select /*+ BROADCAST(u), MERGE(t) */ t.id, w from t join u on t.id = u.id

select * from (t join u on t.id = u.id) as j(a1, b1, c1, d1, e1, f1, g1, h1, i1)

from t

from t |> where t.id > 1 |> extend b * 2 as bb |> drop s, ts |> order by id |> limit 1

table t |> aggregate sum(b) as total, count(*) group by s as key, a |> where total > 0

table t |> join u on t.id = u.id |> select t.b, u.w

table t |> select id |> union all select w from u |> as q |> where q.id > 2

table t |> set b = b + 1 |> select b, sum(b) over w window w as (partition by s)

table t |> pivot (sum(b) for s in ('x', 'y')) |> select x

table t |> left join u on t.id = u.id |> where w is null |> select a

select struct(a as k, b), (a x, b y).x, transform(array(a), e -> struct(e as k)) from t

select -2147483648, typeof(-2147483648), typeof(-2147483649), try_subtract(-2147483648, 1), -0D, - - 5 from t

select s, median(b) over (partition by s), mode(a) over () from t

select * from t natural join (select id, w from u) where w > 5

select id, t.s, q.w from t natural full join (select id, w from u) q where coalesce(w, 0) >= 0

select x.id, y.n from t x, lateral (select count(*) as n from u where u.id = x.id) y, lateral (select y.n + 1 as m) z

select * from t where (a, s) not in (select id, 'x' from u) or exists (select 1 from u where u.w > t.b and u.id is null)

select s, a % 2 as k, sum(b), grouping(s) from t group by s, rollup(a % 2) having count(*) > 0

select * from (select s, b from t) unpivot include nulls (v for n in (b as one, b as two))

select b, sum(b) over (order by ts range between interval '200' day preceding and interval 1 day following) from t

select x.n, y.n as m, y.s, z.n as k from (select count(*) as n from t where a = 1 and b > 0) x, (select count(a) as n, sum(m) as s from t where a > 1 and b > 0) y, (select count(*) as n from u) z

select * from (select max(b) as top from t, u where t.id = u.id and s = 'x') p cross join (select min(b) as low, avg(w) as mid from t, u where t.id = u.id and s in ('y', ' xyx ')) q, (select count(*) as none from t, u where t.id = u.id and s is null) r

select p.n + q.n as both, c.k from (select count(*) as n from t where d >= date'2001-01-01') p, (select id as k from c) c, (select 2 * count(ts) as n from t) q
