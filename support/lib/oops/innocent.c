// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The names are those that titles of syzkaller skip, so that a title here can be searched for in
 * its dashboards and in mails.
 */
#include "innocent.h"

#include <stddef.h>
#include <string.h>

const char innocents[] =
	/* Checkers, and what prints. */
	"__sanitizer __asan kasan hwasan __msan kmsan kcsan_setup_watchpoint "
	"check_memory_region check_heap_object check_object read_word_at_a_time "
	"once_word_nocheck print_address_description panic invalid_op report_bug fixup_bug "
	"print_report print_usage_bug do_error _trap$ do_trap show_stack dump_stack "
	"walk_stack dump_backtrace warn_slowpath warn_alloc warn_bogus __warn debug_object "
	"timer_is_static_object work_is_static_object stack_trace_consume_entry "
	"arch_stack_walk stack_trace_save print_tainted ^get_taint$ __fortify_report "
	"assertfail printk va_format dev_info dev_notice dev_warn dev_err dev_alert dev_crit "
	"dev_emerg hex_dump_to_buffer print_hex_dump program_check_exception "
	"program_check_common do_kernel_fault do_translation_fault do_mem_abort el1_abort "
	"el1h_64_sync perf_trace "
	/* Memory and pages. */
	"alloc_page kvmalloc kvzalloc kvcalloc kmalloc kzalloc kcalloc vmalloc vzalloc "
	"vcalloc malloc zalloc calloc krealloc kmem_cache allocate_slab "
	"__alloc_frozen_pages_noprof folio_alloc folio_unlock filemap_alloc_folio "
	"__filemap_get_folio find_or_create_page do_read_cache_folio read_cache_page "
	"pagecache_get_page grab_cache_page_write_begin slab_ ^kvfree$ ^kfree$ ^vfree$ ^free$ "
	"kfree_skb ^lock_page ^unlock_page find_lock_entries truncate_inode_pages_range "
	"__phys_addr mark_buffer_dirty "
	/* Locks and atomics. */
	"__might_fault print_unlock imbalance_bug lockdep bh_enable bh_disable lock_acquire "
	"lock_release lock_class mark_lock reacquire_held_locks mark_held_locks raw_spin_rq "
	"spin_lock spin_trylock spin_unlock read_lock read_trylock write_lock write_trylock "
	"read_unlock write_unlock ^down$ down_read down_write down_trylock up_read up_write "
	"^mutex_ ^__mutex_ ^rt_mutex_ owner_on_cpu osq_lock osq_unlock set_bit clear_bit "
	"change_bit test_bit __wake_up ^refcount_ ^kref_ ref_tracker seqprop_assert "
	"trace_hardirq trace_softirq lockdep_hardirq lockdep_softirq might_fault might_sleep "
	"__might_resched atomic_dec atomic64_dec atomic_inc atomic64_inc atomic_read "
	"atomic64_read atomic_set atomic64_set atomic_or atomic64_or atomic_xor atomic64_xor "
	"atomic_and atomic64_and atomic_add atomic64_add atomic_sub atomic64_sub atomic_fetch "
	"atomic64_fetch atomic_xchg atomic64_xchg atomic_cmpxchg atomic64_cmpxchg atomic_try "
	"atomic64_try "
	/* Copies, strings and lists. */
	"memcpy memcmp memset memchr memmove memdup strcmp strncmp strcpy strlcpy strncpy "
	"strscpy strlen strstr strnstr strnlen strchr strdup strndup copy_to_user "
	"copy_from_user copy_to_iter copy_from_iter copy_page_to_iter copy_page_from_iter "
	"copy_folio_to_iter ^copyin$ ^copyout$ put_user get_user list_add list_del "
	"list_replace list_move list_splice ^rb_ ^__rb_ _indirect_thunk_ string pointer "
	"snprintf scnprintf kasprintf kvasprintf ^crc0 ^crc1 ^crc2 ^crc3 ^crc4 ^crc5 ^crc6 "
	"^crc7 ^crc8 ^crc9 crc_itu_t ^klist_ xas_start xas_load xas_find rhashtable_lookup "
	"extract_user_to_sg extract_iter_to_sg "
	/* Timers and work. */
	"del_timer flush_work __cancel_work_timer cancel_work_sync try_to_grab_pending "
	"flush_workqueue drain_workqueue destroy_workqueue queue_work finish_wait "
	"kthread_stop insert_work __queue_delayed_work queue_delayed_work_on lock_timer_base "
	"__timer_delete_sync sk_stop_timer_sync __mod_timer ^complete$ wait_for_completion "
	"cleanup_srcu_struct "
	/* Objects, devices and inodes. */
	"kobject_ add_uevent_var get_device_parent device_add device_del device_unregister "
	"device_destroy device_release devres_release_all hwrng_unregister i2c_del_adapter "
	"__unregister_client device_for_each_child rollback_registered unregister_netdev "
	"sysfs_remove device_remove_file tty_unregister_device dummy_urb_enqueue usb_kill_urb "
	"usb_kill_anchored_urbs usb_control_msg usb_hcd_submit_urb usb_submit_urb readb$ "
	"readw$ readl$ readq$ writeb$ writew$ writel$ writeq$ logic_in logic_out ^iput$ "
	"^iput_final$ ^ihold$ ida_free drop_nlink ^put_device$ fast_dput dput ";

const char entries[] =
	"process_one_work do_syscall_ do_fast_syscall_ sysenter_dispatch tracesys_phase2 "
	"el0_svc_handler invoke_syscall ret_fast_syscall netif_receive_skb do_softirq "
	"call_timer_fn _run_timers run_timer_softirq hrtimer_run run_ksoftirqd "
	"smpboot_thread_fn ^kthread$ start_secondary cpu_startup_entry ret_from_fork "
	"vfs_write vfs_read vfs_iter_read vfs_iter_write do_iter_read do_iter_write "
	"call_read_iter call_write_iter new_sync_read new_sync_write vfs_ioctl ksys_ioctl "
	"compat_ioctl compat_sys_ioctl blkdev_driver_ioctl blkdev_ioctl ^call_mmap "
	"mmap_region do_mmap do_dentry_open vfs_open ^sock_sendmsg ^sock_recvmsg "
	"^sock_release ^__sock_release ^setsockopt$ kernel_setsockopt sock_common_setsockopt "
	"^listen$ kernel_listen sk_common_release ^sock_mmap ^accept$ kernel_accept "
	"^sock_do_ioctl ^sock_ioctl ^compat_sock_ioctl ^nfnetlink_rcv_msg ^rtnetlink_rcv_msg "
	"^netlink_dump ^socketpair ^connect ^ioctl ^sys_socketpair ^sys_connect ^sys_ioctl "
	"__do_fault do_page_fault ^page_fault$ __fput task_work_run exit_to_usermode "
	"smp_call_function tasklet_action tasklet_hi_action ";

const char waits[] =
	"sched _lock _slowlock down rwsem completion kthread wait synchronize context_switch "
	"__switch_to cancel_delayed_work rcu_barrier ";

const char prefixes[] = "SYSC_ SyS_ sys_ ____sys_ ___sys_ __sys_ __se_ __se_sys_ "
			"__do_sys_ compat_SYSC_ compat_SyS_ ksys_ ";

/* Whether the name fits the pattern of len bytes. */
static bool fits(const char *name, const char *pattern, size_t len)
{
	bool begins = *pattern == '^', ends = pattern[len - 1] == '$';
	size_t room = strlen(name);

	pattern += begins;
	len -= (size_t)begins + ends;
	if (room < len)
		return false;
	if (begins)
		return memcmp(name, pattern, len) == 0 && (!ends || room == len);
	if (ends)
		return memcmp(name + room - len, pattern, len) == 0;
	return memmem(name, room, pattern, len);
}

bool innocentfits(const char *name, const char *patterns)
{
	for (const char *p = patterns + strspn(patterns, " "); *p; p += strspn(p, " ")) {
		size_t len = strcspn(p, " ");

		if (fits(name, p, len))
			return true;
		p += len;
	}
	return false;
}
